"""A walk-in without telephone or account, from a number in the hall to a printed notice, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import Invented, somebody_new
from tests.journeys.keyboard import Keys
from tests.journeys.resident import HOME, MOST_STEPS, PENSION
from tests.journeys.test_keyboard import StaffAtKeys
from tests.journeys.words import Words

HALL = f"/counter/{HOME[-1]}/"
MOST_WAITING = 40


class WalkIn(Keys):
    """Somebody in the hall, before a screen with a keyboard."""

    def take(self) -> str:
        """One of the two buttons; the answer is the number on the slip."""
        self.page.goto(HALL)
        self.reach("button[value=A]")
        self.enter()
        number = self.page.locator(".number").inner_text()
        assert re.fullmatch(r"A\d{3}", number)
        return number


class Counter(StaffAtKeys):
    """A clerk at her counter."""

    def call(self, number: str) -> None:
        """Whoever was before this one has gone; then she stands there."""
        self.follow("/counter/desk/")
        if self.page.url.endswith("/seat"):
            # All seats are free after the end of a day: she is asked first.
            self.choose("counter")
            self.press("I sit here")
        for _ in range(MOST_WAITING):
            self.enter("n")
            if self.page.locator("h2.number").inner_text() == number:
                break
            self.enter("x")
        self.enter("b")
        expect(self.page.locator("#main")).to_contain_text(self.words("being served"))

    def apply_for(self, who: Invented) -> str:
        """Everything that she says and lays on the table; the answer is the code on the receipt."""
        self.reach('#main a[href="/eservices/desk/new"]')
        self.enter()
        self.reach("select#item")
        while self.page.locator("select#item").input_value() != PENSION:
            self.page.keyboard.press("ArrowDown")
        self.press("Continue")
        self.write("input[name=name]", who.name)
        self.write("input[name=id_number]", who.id_number)
        self.tick("input[name=card_seen]")
        self.choose("consent", "desk_voice".__eq__)
        self.press("Go on to the questions")
        for _ in range(MOST_STEPS):
            if self.page.url.endswith("/review"):
                break
            self.answer(self.page.url.partition("?")[0].rsplit("/", 1)[1])
        self.press("Send the application")
        expect(self.page.locator("h1")).to_have_text(self.words("We have your application"))
        return self.page.url.rstrip("/").rsplit("/", 1)[1]

    def answer(self, step: str) -> None:
        """Her papers lie here; she has no telephone."""
        if step.startswith("photos-"):
            self.tick("input[name=later]")
        elif step.startswith("if-"):
            self.choose("holds")
        elif step == "area":
            self.choose("area", HOME.__contains__)
        self.press("Continue")

    def accept_and_print(self, code: str) -> None:
        """The written notice, as it comes out of the printer."""
        self.follow(f"/desk/m/{code}")
        self.enter("c")
        self.press("Accept")
        self.reach(f'#main a[href^="/eservices/notice/{code}"]')
        self.enter()
        self.reach(f'#main a[href^="/eservices/notice/{code}/print"]')
        self.enter()


@pytest.mark.browser
def test_from_a_number_to_a_printed_notice_by_keyboard_alone(chrome: Browser, site: Served) -> None:
    eyes, words, who = Eyes(), Words("zh"), somebody_new()
    with (
        somebody(chrome, site.url, eyes=eyes) as hers,
        somebody(chrome, site.url, eyes=eyes) as station,
        somebody(chrome, site.url, eyes=eyes) as wall,
    ):
        wall.goto(f"{HALL}display")
        expect(wall.locator("body")).to_have_attribute("data-live-state", "on")
        number = WalkIn(hers, words).take()
        clerk = Counter(station, words)
        clerk.sign_in("station")
        clerk.call(number)
        expect(wall.locator("#now li", has_text=number)).to_contain_text(words("Counter %(number)s", number=1))
        code = clerk.apply_for(who)
        clerk.accept_and_print(code)
        paper = station.locator("main.letter")
        expect(paper).to_contain_text(who.name)
        assert printed(station), "the sheet has no page"
        clerk.reach(f'#main a[href^="/eservices/notice/{code}"]')
        clerk.enter()
        clerk.follow(f"/desk/m/{code}")
        clerk.follow("/counter/desk/")
        clerk.enter("d")
        expect(station.locator("#main")).to_contain_text(words("Number %(number)s is done.", number=number))
        expect(station.locator(f'#main a[href="/desk/m/{code}"]')).to_be_visible()
        expect(wall.locator("#now")).not_to_contain_text(number)
    eyes.assert_calm()


@pytest.mark.browser
def test_a_desk_that_nobody_touches_is_covered_and_nothing_typed_is_lost(chrome: Browser, site: Served) -> None:
    eyes = Eyes()
    with somebody(chrome, site.url, eyes=eyes) as page:
        page.clock.install()
        clerk = Counter(page, Words("zh"))
        clerk.sign_in("station2")
        clerk.follow("/desk/people/new")
        with page.expect_response("**/sign-in/idle"):
            page.reload()
        clerk.write("input[name=name]", "岳桂珍")
        page.clock.fast_forward("09:00")
        expect(page.locator("dialog.cover")).to_have_count(0)
        page.clock.fast_forward("02:00")
        expect(page.locator("dialog.cover form[data-unlock] button")).to_be_focused()
        assert "/sign-in/locked" in page.request.get(f"{site.url}/desk/").url
        page.keyboard.press("Enter")
        expect(page.locator("dialog.cover")).to_have_count(0)
        assert page.locator("input[name=name]").input_value() == "岳桂珍"
        assert page.request.get(f"{site.url}/desk/").url.endswith("/desk/")
    eyes.assert_calm()


def printed(page: Page) -> bool:
    """What the browser hands to the printer is a document."""
    return page.pdf().startswith(b"%PDF-")
