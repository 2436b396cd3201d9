"""Pension enrolment without touching mouse or glass: the resident, the desk, the department."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import Invented, photo, somebody_new
from tests.journeys.keyboard import Keys
from tests.journeys.resident import HOME, MOST_STEPS, PENSION, Resident
from tests.journeys.staff import PDF, Staff
from tests.journeys.words import Words

DISSATISFIED = "2"
PHOTO: FilePayload = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": photo("#8a6f4d")}
RESULT: FilePayload = {"name": "result.pdf", "mimeType": "application/pdf", "buffer": PDF}


class ResidentAtKeys(Keys):
    """A resident at a keyboard."""

    def find_and_sign_in(self, who: Invented, telephone: Resident) -> None:
        """From the first page to the item; applying leads past signing in."""
        self.page.goto("/")
        self.send("input[type=search]", "养老保险")
        self.follow(f"/eservices/{PENSION}/")
        self.follow(f"/eservices/{PENSION}/apply")
        self.send("input[name=phone]", who.phone)
        self.send("input[name=code]", telephone.code_sent())
        self.send("input[name=name]", who.name)
        expect(self.page).to_have_url(re.compile(f"/eservices/{PENSION}/apply$"))

    def apply(self, who: Invented) -> str:
        """Every question, the photos, the review; the answer is the code on the receipt."""
        self.tick("input[name=agree]")
        self.press("Continue", "Space")
        asked = self.answer_all(who)
        assert len([step for step in asked if step.startswith("photos-")]) == 3, asked
        expect(self.page.locator("h1")).to_have_text(self.words("Is everything right?"))
        self.press("Send the application")
        expect(self.page.locator("h1")).to_have_text(self.words("We have your application"))
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    def answer_all(self, who: Invented) -> list[str]:
        """One question a page; the answer is which were asked."""
        asked: list[str] = []
        while not self.page.url.endswith("/review"):
            assert len(asked) < MOST_STEPS, asked
            step = self.page.url.partition("?")[0].rsplit("/", 1)[1]
            self.answer(step, who)
            asked.append(step)
        return asked

    def answer(self, step: str, who: Invented) -> None:
        """One of the questions."""
        typed = {"name": who.name, "id-number": who.id_number}
        if step.startswith("photos-"):
            self.give("input[name=photos]", PHOTO)
        elif step == "whom" or step.startswith("if-"):
            self.choose("whom" if step == "whom" else "holds")
        elif step == "area":
            self.choose("area", HOME.__contains__)
        elif step in typed:
            self.write(f"input[name={step.replace('-', '_')}]", typed[step])
        self.press("Continue")

    def open(self, code: str) -> None:
        """Her matter, from the list of all that is hers."""
        self.follow("/account/")
        self.follow(f"/account/m/{code}")

    def correct(self, code: str) -> None:
        """A photo of what is missing."""
        self.open(code)
        self.press("Send photos of it")
        self.choose("paper")
        self.give("input[name=photos]", PHOTO)
        self.press("Send these photos")
        expect(self.page).to_have_url(re.compile(f"/account/m/{code}$"))
        self.press("Send the corrections")

    def rate(self, code: str) -> None:
        """It took too long."""
        self.open(code)
        self.press("Say how it was")
        self.choose("grade", DISSATISFIED.__eq__)
        self.write("textarea[name=remark]", "等了太久")
        self.press("Say how it was")
        expect(self.page.locator("#main")).to_contain_text("等了太久")


class StaffAtKeys(Keys):
    """Somebody at a desk with a keyboard."""

    def sign_in(self, login: str) -> None:
        """As a demonstration offers it."""
        self.page.goto("/demo/")
        self.reach(f'form[action="/demo/be/{login}"] button')
        self.enter()

    def find(self, code: str) -> None:
        """A matter by its code, from any page of the desk."""
        self.follow("/desk/find")
        self.send("input[name=q]", code)
        expect(self.page).to_have_url(re.compile(f"/desk/m/{code}$"))

    def open_what_arrives(self, code: str) -> None:
        """The line that says something is new; then J to the new matter, and Enter: it opens beside the list."""
        expect(self.page.locator("#arrivals .live a")).to_be_visible()
        self.reach("#arrivals a")
        self.enter()
        for _ in range(100):
            self.page.keyboard.press("j")
            self.assert_seen()
            if self.page.evaluate("code => document.activeElement.dataset.code === code", code):
                break
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(f"/desk/m/{code}"))
        expect(self.page.locator("#detail")).to_be_focused()

    def ask_for_corrections(self) -> None:
        """A list of what is missing, sent by Control and Enter."""
        self.press("Ask for corrections")
        self.write("textarea[name=wanted]", "户口簿的首页看不清")
        self.enter("Control+Enter")

    def decide(self) -> None:
        """The department approves."""
        self.press("Approve")
        self.press("Approve")

    def deliver(self) -> None:
        """With the document itself."""
        self.press("Deliver the result")
        self.choose("how", "online".__eq__)
        self.give("input[name=document]", RESULT)
        self.press("Deliver the result")

    def put_right(self, code: str) -> None:
        """What a bad rating makes: a task, done with some words."""
        self.find(code)
        self.reach('#main a[href*="/desk/tasks/"]')
        self.enter()
        self.write("textarea[name=outcome]", "已电话致歉")
        self.press("Done")


@pytest.mark.browser
def test_by_keyboard_alone(chrome: Browser, site: Served) -> None:
    """Five browsers' worth of work: from the first search to the bad mark, and to the task that it makes."""
    eyes, words, who = Eyes(), Words("zh"), somebody_new()
    with (
        somebody(chrome, site.url, eyes=eyes) as hers,
        somebody(chrome, site.url) as telephone,
        somebody(chrome, site.url, eyes=eyes) as station,
        somebody(chrome, site.url, eyes=eyes) as department,
    ):
        she, desk, office = ResidentAtKeys(hers, words), StaffAtKeys(station, words), StaffAtKeys(department, words)
        desk.sign_in("station")
        she.find_and_sign_in(who, Resident(telephone, words, who))
        code = she.apply(who)
        desk.open_what_arrives(code)
        desk.enter("c")
        desk.ask_for_corrections()
        she.correct(code)
        desk.find(code)
        desk.press("Accept", "Space")
        office.sign_in("labour")
        office.find(code)
        office.decide()
        desk.find(code)
        desk.deliver()
        assert Staff(station, words).state_shown(code) == words("Result delivered")
        she.rate(code)
        desk.put_right(code)
    eyes.assert_calm()


@pytest.mark.browser
def test_by_keyboard_alone_without_script(chrome: Browser, site: Served) -> None:
    eyes, words, who = Eyes(), Words("zh"), somebody_new()
    with somebody(chrome, site.url, script=False, eyes=eyes) as page, somebody(chrome, site.url) as telephone:
        she = ResidentAtKeys(page, words)
        she.find_and_sign_in(who, Resident(telephone, words, who))
        code = she.apply(who)
        she.open(code)
    eyes.assert_calm()


@pytest.mark.browser
def test_single_keys_can_be_switched_off_and_on_again(chrome: Browser, site: Served) -> None:
    with somebody(chrome, site.url) as page:
        desk = StaffAtKeys(page, Words("zh"))
        desk.sign_in("station")
        jumps = "document.activeElement.matches('a.job')"
        for on in (False, True):
            desk.reach(".keys button")
            page.keyboard.press("Enter")
            expect(page.locator("#keys")).to_be_visible()
            desk.reach("#keys-on")
            page.keyboard.press("Space")
            page.keyboard.press("Escape")
            expect(page.locator(".keys button")).to_be_focused()
            page.keyboard.press("j")
            assert page.evaluate(jumps) is on


@pytest.mark.browser
def test_what_arrives_takes_the_focus_from_nobody(chrome: Browser, site: Served) -> None:
    """The line about news is drawn anew with each; who stands on its link stays there."""
    with somebody(chrome, site.url) as page:
        desk = StaffAtKeys(page, Words("zh"))
        desk.sign_in("station")
        expect(page.locator("body")).to_have_attribute("data-live-state", "on")
        for count in (1, 2):
            with somebody(chrome, site.url) as hers:
                she = Resident(hers, Words("zh"), somebody_new())
                she.sign_in()
                she.find_pension()
                she.apply()
            told = desk.words("New: %(count)s. The list has not moved", count=count)
            expect(page.locator("#arrivals")).to_contain_text(told)
            if count == 1:
                desk.reach("#arrivals a")
        expect(page.locator("#arrivals a")).to_be_focused()


@pytest.mark.browser
def test_after_a_refusal_the_focus_leads_to_the_field(chrome: Browser, site: Served) -> None:
    """Photos are sent by a script that takes over the page's <main>: Tab goes on from the list of errors."""
    words, who = Words("zh"), somebody_new()
    with somebody(chrome, site.url) as page, somebody(chrome, site.url) as telephone:
        she = ResidentAtKeys(page, words)
        she.find_and_sign_in(who, Resident(telephone, words, who))
        she.tick("input[name=agree]")
        she.press("Continue")
        while "/photos-" not in page.url:
            she.answer(page.url.partition("?")[0].rsplit("/", 1)[1], who)
        she.reach("#main button", "Continue")
        page.keyboard.press("Enter")
        expect(page.locator("#errors")).to_be_focused()
        page.keyboard.press("Tab")
        she.assert_seen()
        page.keyboard.press("Enter")
        expect(page.locator("input[name=photos]")).to_be_focused()
        she.give("input[name=photos]", PHOTO)
        she.press("Continue")


@pytest.mark.browser
def test_who_does_not_show_where_she_is_is_found(chrome: Browser, site: Served) -> None:
    """What the journeys rely on to notice a lost focus does notice it."""
    faults = {
        "it has no ring": "*:focus-visible { outline: 0 !important }",
        "it is out of sight": "body::after { content: ''; position: fixed; inset: 0; z-index: 99; background: #fff }",
    }
    for told, sheet in faults.items():
        with somebody(chrome, site.url, bypass_csp=True) as page:
            keys = Keys(page, Words("zh"))
            page.goto("/sign-in")
            page.keyboard.press("Tab")
            keys.assert_seen()
            page.add_style_tag(content=sheet)
            with pytest.raises(AssertionError, match=told):
                keys.reach("input[name=phone]")


@pytest.mark.browser
def test_the_first_stop_leads_past_the_header(chrome: Browser, site: Served) -> None:
    with somebody(chrome, site.url) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_attribute("href", "#main")
        expect(skip).to_be_in_viewport()
