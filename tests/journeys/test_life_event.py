"""Retiring: one form with a telephone in the hand, gone on with later, and three cases at two departments."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Engine, MadeDemo, served
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.rows import Row
from tests.journeys.staff import Staff
from tests.journeys.words import Words

CHOSEN = ("RS-003", "RS-008", "MZ-008")
TOLD_ONCE = (
    "%(count)s at once: %(parts)s. We check them by %(due)s; you need not do anything now. Each goes its own way, "
    "and we tell you of each."
)
ROWS = (
    Row("zh", "phone", script=True, elder=False, engine="sqlite", shape="one"),
    Row("en", "phone", script=False, elder=True, engine="postgresql", shape="one"),
)


class Retiring(Resident):
    """Somebody who has reached the age."""

    def choose(self) -> None:
        """From a search to the consent, with what fits ticked."""
        self.page.goto("/")
        self.page.get_by_role("searchbox").fill("退休" if self.words.language == "zh_Hans" else "retirement")
        self.press("Search")
        with self.page.expect_navigation():
            self.page.locator('#main a[href="/eservices/life/ageing/"]').click()
        for code in CHOSEN:
            self.page.locator(f"input[name=part][value={code}]").check()
        self.press("Begin the one form")
        expect(self.page.locator("#consent dt")).to_have_count(len(CHOSEN) + 6)

    def goes_on(self) -> None:
        """Later, from her account."""
        self.page.goto("/account/")
        with self.page.expect_navigation():
            self.page.locator('#main a[href*="/eservices/draft/"]').first.click()

    def codes(self) -> list[str]:
        """All codes on the receipt."""
        self.press("Send the application")
        expect(self.page.locator("h1")).to_have_text(self.words("We have your applications"))
        shown = self.page.locator(".ticket .code").all_inner_texts()
        return [code.replace(" ", "") for code in shown]


@pytest.mark.browser
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_form_three_cases(row: Row, chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path) -> None:
    eyes, words, who = Eyes(), Words(row.language), somebody_new()
    with ExitStack() as stack:
        site = stack.enter_context(served(demo_of(row.engine), tmp_path, row.shape))

        def browser(url: str, **more: Any) -> Page:
            choices = {"screen": row.screen, "language": row.language, "script": row.script}
            return stack.enter_context(somebody(chrome, url, eyes=eyes, **choices, **more))

        she = Retiring(browser(site.urls[0]), words, who)
        if row.elder:
            she.easy_view()
        she.sign_in()
        she.choose()
        she.consent()
        begun = [she.answer_one(), she.answer_one()]
        she = Retiring(browser(site.urls[-1], storage_state=she.page.context.storage_state()), words, who)
        she.goes_on()
        steps = [*begun, *she.answer_all()]
        photos = [step for step in steps if step.startswith("photos-")]
        assert photos == ["photos-ID", "photos-HK", "photos-BANK", "photos-PHOTO1"], "each paper once"
        codes = she.codes()
        assert len(set(codes)) == len(CHOSEN)
        knows_the_others(she, codes)
        told = she.messages_about(codes[0])
        assert len(told) == 1, told
        assert words.pattern(TOLD_ONCE).match(told[0]), told
        goes_to_two_departments(Staff(browser(site.urls[-1]), words), Staff(browser(site.urls[0]), words), codes)
        assert site.faults == []
    eyes.assert_calm()


def knows_the_others(she: Resident, codes: list[str]) -> None:
    """Each of her matters leads to the others."""
    she.page.goto(f"/account/m/{codes[1]}")
    for other in codes:
        link = she.page.locator(f'section[aria-labelledby=together] a[href="/m/{other}"]')
        expect(link).to_have_count(0 if other == codes[1] else 1)


def goes_to_two_departments(desk: Staff, office: Staff, codes: list[str]) -> None:
    """The station has all three before it; the department its own two, and of the third only where it is."""
    desk.sign_in_as("station")
    for code in codes[:2]:
        desk.take(code)
        desk.accept(code)
    expect(desk.page.locator("section[aria-labelledby=together]").get_by_role("link")).to_have_count(2)
    office.sign_in_as("labour")
    office.page.goto(f"/desk/m/{codes[0]}")
    together = office.page.locator("section[aria-labelledby=together]")
    expect(together.get_by_role("link")).to_have_count(1)
    expect(together).to_contain_text(re.compile("民政局|Civil Affairs"))
    assert f"{codes[2][:4]} {codes[2][4:]}" not in office.page.content()
    answer = office.page.goto(f"/desk/m/{codes[2]}")
    assert answer is not None
    assert answer.status == 404
