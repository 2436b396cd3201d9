"""What a resident does in her browser, by what she sees there."""

import re
from collections.abc import Sequence

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.invented import Invented, photo
from tests.journeys.words import Words

PENSION = "resident-pension-enrol"
MOST_STEPS = 20
LOOKS_AGAIN = 60
HOME = ("510821107", "510821107001")


class Visitor:
    """Somebody with a telephone in her hand, who may or may not say who she is."""

    def __init__(self, page: Page, words: Words, who: Invented) -> None:
        self.page = page
        self.words = words
        self.who = who

    def press(self, msgid: str) -> None:
        """A button, by its words; the page that follows is there afterwards."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.words(msgid), exact=True).first.click()

    def follow(self, msgid: str) -> None:
        """A link, by its words."""
        with self.page.expect_navigation():
            self.page.locator("#main").get_by_role("link", name=self.words(msgid), exact=True).first.click()

    def easy_view(self) -> None:
        """Large letters, by one tap in the header."""
        self.page.goto("/")
        self.page.get_by_role("banner").get_by_role("link", name=self.words("Easy view")).click()
        expect(self.page.locator("html")).to_have_attribute("data-elder", re.compile("."))

    def sign_in(self) -> None:
        """By the code that is sent to her number; being new, she says her name."""
        self.prove_phone()
        if "/sign-in/name" in self.page.url:
            self.page.locator("input[name=name]").fill(self.who.name)
            self.press("Continue")
        expect(self.page).to_have_url(re.compile("/account/"))

    def prove_phone(self) -> None:
        """The number, and the code that was sent to it."""
        self.page.goto("/sign-in")
        self.page.locator("input[name=phone]").fill(self.who.phone)
        self.press("Send me the code")
        here = self.page.url
        code = self.code_sent()
        self.page.goto(here)
        self.page.locator("input[name=code]").fill(code)
        self.press("Sign in")

    def code_sent(self) -> str:
        """As a demonstration shows it; in life she reads it on her telephone."""
        self.page.goto("/demo/outbox")
        message = self.page.locator("section.card", has_text=self.who.phone[-4:]).first
        found = re.search(r"(?<!\d)\d{6}(?!\d)", message.inner_text().replace(self.who.phone, ""))
        assert found, message.inner_text()
        return found[0]


class Resident(Visitor):
    """Somebody who wants something done. `lacks` is a paper that she lacks, `household` who lives with her."""

    lacks = ""
    household: Sequence[tuple[str, str, str]] = ()

    def find_pension(self) -> None:
        """From the first page, by searching."""
        self.page.goto("/")
        box = self.page.get_by_role("searchbox")
        box.fill("养老保险" if self.words.language == "zh_Hans" else "pension")
        self.press("Search")
        with self.page.expect_navigation():
            self.page.locator(f'#main a[href*="/eservices/{PENSION}/"]').first.click()

    def apply(self) -> str:
        """From the guide to the receipt; the answer is the code on it, without its gap."""
        self.follow("Apply now")
        self.consent()
        self.answer_all()
        return self.send()

    def consent(self) -> None:
        """The tick before the first question."""
        self.page.locator("input[name=agree]").check()
        self.press("Continue")

    def answer_all(self) -> list[str]:
        """One question a page, with photos of each paper, until everything stands there to be looked through.

        Answers the steps that were asked, in their order.
        """
        steps: list[str] = []
        while not self.page.url.endswith("/review"):
            assert len(steps) < MOST_STEPS, steps
            steps.append(self.answer_one())
        expect(self.page.locator("h1")).to_have_text(self.words("Is everything right?"))
        return steps

    def send(self) -> str:
        """Off it goes; the answer is its code."""
        self.press("Send the application")
        expect(self.page.locator("h1")).to_have_text(self.words("We have your application"))
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    def answer_one(self) -> str:
        """The question at hand; answers its step."""
        step = self.page.url.partition("?")[0].rsplit("/", 1)[1]
        expect(self.page.locator("h1")).to_have_count(1)
        if step == f"photos-{self.lacks}":
            self.page.locator("input[name=later]").check()
        elif step.startswith("photos-"):
            self._give_photo("photos", step)
        elif step == "whom" or step.startswith(("if-", "ask-")):
            self.page.locator("input[type=radio]").first.check()
        elif step == "area":
            self._say_where()
        elif step == "household":
            return self._say_who_lives_here(step)
        else:
            phone = self.who.phone if self.page.locator("input[name=phone][required]").count() else ""
            typed = {"name": self.who.name, "id-number": self.who.id_number, "phone": phone}[step]
            if typed:
                self.page.locator(f"input[name={step.replace('-', '_')}]").fill(typed)
        self.press("Continue")
        return step

    def _say_who_lives_here(self, step: str) -> str:
        """Each of `household` on a page of her own; a child is looked after by the applicant."""
        for name, number, relation in self.household:
            self.follow("Add somebody")
            self.page.locator("input[name=name]").fill(name)
            self.page.locator("input[name=id_number]").fill(number)
            self.page.locator(f"input[name=relation][value={relation}]").check()
            self.page.locator("select[name=guardian]").select_option(index=1)
            self.press("Write down")
        self.page.locator("input[name=agree]").check()
        self.press("That is everybody")
        return step

    def _say_where(self) -> None:
        """The township, on the next page the community."""
        for place in HOME:
            choice = self.page.locator(f'input[name=area][value="{place}"]')
            if choice.count():
                choice.check()

    def _give_photo(self, field: str, name: str) -> None:
        file: FilePayload = {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": photo("#8a6f4d")}
        self.page.locator(f"input[name={field}]").set_input_files(file)

    def complete_correction(self, code: str) -> None:
        """Reads what is missing, sends a photo of it, and says that this is all."""
        self.page.goto(f"/account/m/{code}")
        self.follow("Send photos of it")
        self.page.locator("input[name=paper]").first.check()
        self._give_photo("photos", "again")
        self.press("Send these photos")
        self.page.goto(f"/account/m/{code}")
        self.press("Send the corrections")

    def send_paper(self, code: str) -> None:
        """The paper that was to follow."""
        self.page.goto(f"/account/m/{code}")
        self.follow("Send photos of it")
        self.page.locator("input[name=paper]").first.check()
        self._give_photo("photos", "late")
        self.press("Send these photos")

    def object_to(self, name: str, text: str) -> None:
        """To what is posted of somebody."""
        self.page.goto("/eservices/posted/")
        card = self.page.locator("section.card", has_text=name)
        with self.page.expect_navigation():
            card.get_by_role("link").click()
        self.page.locator("textarea[name=text]").fill(text)
        self.press("Send the objection")

    def rate(self, code: str, grade: int, remark: str) -> None:
        """One of the five grades."""
        self.page.goto(f"/account/m/{code}")
        self.follow("Say how it was")
        self.page.locator(f'input[name=grade][value="{grade}"]').check()
        self.page.locator("textarea[name=remark]").fill(remark)
        self.press("Say how it was")

    def messages_about(self, code: str) -> list[str]:
        """The texts in the demonstration's outbox that name this matter, the oldest first.

        Another process may still be writing the last ones: who looks too early looks again, as the page says.
        """
        self.page.goto("/demo/outbox")
        for _ in range(LOOKS_AGAIN):
            if not self.page.get_by_text(self.words("Being written: look again in a moment.")).count():
                break
            self.page.wait_for_timeout(500)
            self.page.reload()
        sections = self.page.locator("section.card", has_text=f"{code[:4]} {code[4:]}")
        return [sections.nth(place).locator("p").first.inner_text() for place in range(sections.count())][::-1]
