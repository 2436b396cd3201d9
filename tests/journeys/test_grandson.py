"""A grandson applies for his grandmother with her code; she takes it back, and he sees nothing more."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Engine, MadeDemo, served
from tests.journeys.grandson import Helper
from tests.journeys.invented import somebody_new
from tests.journeys.resident import Resident
from tests.journeys.rows import ROWS, Row
from tests.journeys.words import Words


@pytest.mark.browser
@pytest.mark.parametrize("row", ROWS[:4], ids=lambda row: row.name)
def test_she_allows_he_applies_she_revokes(
    row: Row, chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path
) -> None:
    eyes, words = Eyes(), Words(row.language)
    grandmother, grandson = somebody_new(), somebody_new()
    with ExitStack() as stack:
        site = stack.enter_context(served(demo_of(row.engine), tmp_path, row.shape))

        def browser(url: str) -> Page:
            opened = somebody(chrome, url, screen=row.screen, language=row.language, script=row.script, eyes=eyes)
            return stack.enter_context(opened)

        hers, his = browser(site.urls[0]), browser(site.urls[-1])
        she, he = Resident(hers, words, grandmother), Helper(his, words, grandson)
        if row.elder:
            she.easy_view()
            he.easy_view()
        she.sign_in()
        he.sign_in()
        leave = he.may_act_for(grandmother)
        code = he.apply_for(grandmother)
        sees_him_and_revokes(hers, she, grandson.name, code)
        he_sees_nothing_more(his, leave, code, grandmother.name)
        assert site.faults == []
    eyes.assert_calm()


def sees_him_and_revokes(hers: Page, she: Resident, name: str, code: str) -> None:
    """Her account says who may act for her and what he did; one button takes it back."""
    hers.goto("/account/")
    she.follow("Who acts for me")
    expect(hers.locator("#main")).to_contain_text(name)
    expect(hers.locator("#main")).to_contain_text(f"{code[:4]} {code[4:]}")
    she.press("Take it back now")
    expect(hers.locator("#main")).to_contain_text(she.words("no longer"))
    hers.goto(f"/account/m/{code}")
    expect(hers.locator("h1")).to_be_visible()


def he_sees_nothing_more(his: Page, leave: str, code: str, name: str) -> None:
    """Neither her, nor the case, nor what he might begin."""
    for address in (f"/account/m/{code}", f"/eservices/receipt/{code}", f"/eservices/acting/for/{leave}"):
        answer = his.goto(address)
        assert answer is not None
        assert answer.status == 404, address
        assert name not in his.locator("#main").inner_text()
    his.goto("/eservices/acting")
    assert name not in his.locator("#main").inner_text()
    his.goto("/account/")
    assert not re.search(code, his.content())
