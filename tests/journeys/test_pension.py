"""Pension enrolment from the first search to the bad mark at the end, as people live through it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Engine, MadeDemo, served
from tests.journeys.invented import somebody_new, where_taken
from tests.journeys.resident import Resident
from tests.journeys.rows import ROWS, Row, pairs_that_lack
from tests.journeys.staff import Staff
from tests.journeys.words import Words

DISSATISFIED = 2
TOLD = (
    "%(item)s, code %(code)s. We check it by %(due)s; you need not do anything now.",
    "%(item)s, code %(code)s: look at the list and send us what is missing, or bring it to the desk.",
    "%(item)s, code %(code)s. It is decided by %(due)s; you need not do anything now.",
    "%(item)s, code %(code)s: %(decision)s. We tell you when the result is there.",
    "%(item)s, code %(code)s: %(how)s.",
    "%(item)s, code %(code)s: tell us whether you are satisfied. It takes one tap.",
)


def test_every_pair_of_choices_occurs_in_a_row() -> None:
    assert pairs_that_lack(ROWS) == []


def test_a_row_less_is_noticed() -> None:
    assert pairs_that_lack(ROWS[1:])
    assert pairs_that_lack((*ROWS[:-1], replace(ROWS[-1], engine="sqlite")))


@contextmanager
def people(
    row: Row, chrome: Browser, demo: MadeDemo, logs: Path, eyes: Eyes
) -> Iterator[tuple[Resident, Staff, Staff]]:
    """A resident, the desk, the department; with two web processes they are not on the same one."""
    words = Words(row.language)
    with ExitStack() as stack:
        site = stack.enter_context(served(demo, logs, row.shape))

        def browser(url: str) -> Page:
            opened = somebody(chrome, url, screen=row.screen, language=row.language, script=row.script, eyes=eyes)
            return stack.enter_context(opened)

        pages = [browser(url) for url in (site.urls[0], site.urls[-1], site.urls[-1])]
        yield Resident(pages[0], words, somebody_new()), Staff(pages[1], words), Staff(pages[2], words)
        assert site.faults == []


@pytest.mark.browser
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_pension_enrolment(row: Row, chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path) -> None:
    eyes = Eyes()
    with people(row, chrome, demo_of(row.engine), tmp_path, eyes) as (she, desk, office):
        desk.sign_in_as("station")
        if row.elder:
            she.easy_view()
        she.sign_in()
        she.find_pension()
        desk.watch_queue()
        code = she.apply()
        desk.sees_arrive(code, script=row.script)
        handle(she, desk, office, code)
        rate_badly(she, desk, code)
        told = she.messages_about(code)
    expected = [Words(row.language).pattern(text) for text in TOLD]
    assert len(told) == len(expected), told
    for text, pattern in zip(told, expected, strict=True):
        assert pattern.match(text), (text, pattern.pattern)
        assert text.endswith(f"/m/{code}")
    eyes.assert_calm()


def handle(she: Resident, desk: Staff, office: Staff, code: str) -> None:
    """From the first look at the papers to the result in her hands."""
    photos = desk.photos_of(code)
    assert len(photos) == 3
    assert [where_taken(each) for each in photos] == [{}, {}, {}]
    desk.take(code)
    desk.ask_for_corrections(code, "户口簿的首页看不清")
    she.complete_correction(code)
    desk.accept(code)
    office.sign_in_as("labour")
    office.approve(code)
    desk.deliver(code)
    assert desk.state_shown(code) == desk.words("Result delivered")


def rate_badly(she: Resident, desk: Staff, code: str) -> None:
    """Two lowest grades of five make a task: put it right, and call back."""
    she.rate(code, DISSATISFIED, "等了太久")
    desk.open(code)
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name=desk.words("Put a bad rating right and call back")).first.click()
    assert "/desk/tasks/" in desk.page.url
    assert f"{code[:4]} {code[4:]}" in desk.page.locator("#main").inner_text()
