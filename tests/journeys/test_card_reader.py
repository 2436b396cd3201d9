"""A reader of ID cards types the number like a keyboard, and ends with Enter or Tab: it must not send a half form."""

import pytest
from playwright.sync_api import Browser, expect

from lianxin.testing.browser import somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import somebody_new
from tests.journeys.resident import PENSION
from tests.journeys.test_keyboard import StaffAtKeys
from tests.journeys.words import Words

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("ends_with", ["Enter", "Tab"])
@pytest.mark.parametrize("address", [f"/eservices/desk/new?item={PENSION}", "/desk/people/new"])
def test_what_a_reader_types_fills_one_field_and_sends_nothing(
    site: Served, chrome: Browser, address: str, ends_with: str
) -> None:
    who = somebody_new()
    with somebody(chrome, site.url) as page:
        StaffAtKeys(page, Words("zh")).sign_in("station")
        page.goto(address)
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.locator("input[name=id_number]").focus()
        page.keyboard.type(who.id_number)
        page.keyboard.press(ends_with)
        expect(page.locator("input[name=id_number]")).to_have_value(who.id_number)
        expect(page.locator("input[name=card_seen]")).to_be_focused()
        assert sent == []
