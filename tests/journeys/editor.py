"""What whoever keeps the catalogue does in her browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.words import Words

SERVICES = "/eservices/admin/services"
HOME = ("510821107", "510821107001")


class Editor:
    """Somebody who changes services."""

    def __init__(self, page: Page, words: Words, code: str) -> None:
        self.page = page
        self.words = words
        self.code = code

    def sign_in(self) -> None:
        """One tap, as a demonstration offers it; then to the service, by its code."""
        self.page.goto("/demo/")
        with self.page.expect_navigation():
            self.page.locator('form[action="/demo/be/catalogue"] button').click()
        self.page.goto(SERVICES)
        self.page.get_by_role("searchbox").fill(self.code)
        self.press("Search")
        with self.page.expect_navigation():
            self.page.locator(f'#main a[href$="{SERVICES}/{self.code}"]').click()

    def press(self, msgid: str) -> None:
        """A button, by its words."""
        with self.page.expect_navigation():
            self.page.locator("#main").get_by_role("button", name=self.words(msgid), exact=True).first.click()

    def follow(self, msgid: str) -> None:
        """A link, by its words."""
        with self.page.expect_navigation():
            self.page.locator("#main").get_by_role("link", name=self.words(msgid), exact=True).first.click()

    def add_question(self, label: str, code: str) -> None:
        """Begins a draft, and adds a question to answer with yes or no."""
        if self.page.get_by_role("button", name=self.words("Begin to change it")).count():
            self.press("Begin to change it")
        with self.page.expect_navigation():
            self.page.locator('#main a[href$="/edit/questions"]').click()
        self.follow("Add a question")
        self.page.locator("input[name=label_zh]").fill(label)
        self.page.locator("input[name=label_en]").fill(label)
        self.page.locator("input[name=code]").fill("not a code")
        self.press("Keep in the draft")
        expect(self.page.locator(".errors")).to_be_visible()
        expect(self.page.locator("input[name=label_zh]")).to_have_value(label)
        self.page.locator("input[name=code]").fill(code)
        self.press("Keep in the draft")
        expect(self.page.locator("#main")).to_contain_text(label)

    def try_out(self, label: str) -> list[str]:
        """Answers all questions of the draft; the steps that were asked."""
        self.page.goto(f"{SERVICES}/{self.code}")
        self.follow("Try the questions")
        steps = []
        while not self.page.url.endswith("/review"):
            steps.append(self.page.url.partition("?")[0].rsplit("/", 1)[1])
            self._try_answer(steps[-1])
        expect(self.page.locator("#main")).to_contain_text(label)
        self.press("End the trial run")
        return steps

    def _try_answer(self, step: str) -> None:
        typed = {"name": "向小满", "id-number": "510899195803154328", "phone": "13800000001"}
        if step in typed:
            self.page.locator("#main input.input").first.fill(typed[step])
        elif step == "area":
            for place in HOME:
                choice = self.page.locator(f'input[name=area][value="{place}"]')
                if choice.count():
                    choice.check()
        elif self.page.locator("input[type=radio]").count():
            self.page.locator("input[type=radio]").first.check()
        self.press("Continue")

    def publish(self, label: str, reason: str) -> None:
        """Looks at what changes, says why, and lets it go live."""
        self.page.goto(f"{SERVICES}/{self.code}")
        self.follow("Publish")
        expect(self.page.locator("#main table")).to_contain_text(label)
        self.page.locator("textarea[name=reason]").fill(reason)
        self.press("Publish")
        expect(self.page.locator("#history").locator("..")).to_contain_text(reason)
