"""From signing in to the first question of an application without touching mouse or glass."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import somebody_new
from tests.journeys.resident import PENSION, Resident
from tests.journeys.words import Words

MOST_STOPS = 80
# What has the focus can be seen to have it: the ring of the sheet, on the element or on the field around it.
_RING = """
() => {
  for (let el = document.activeElement, up = 0; el && up < 3; el = el.parentElement, up += 1) {
    const style = getComputedStyle(el);
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none') return true;
  }
  return false;
}
"""


class Keys:
    """Somebody who has only a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Goes from stop to stop until it has the focus; each stop on the way shows that it is one."""
        for _ in range(MOST_STOPS):
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(_RING), self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"{selector} is not reached by the keyboard on {self.page.url}")

    def enter(self) -> None:
        """What has the focus is followed or sent."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, selector: str, text: str) -> None:
        """Into a field, then sent."""
        self.reach(selector)
        self.page.keyboard.type(text)
        self.enter()


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_by_keyboard_alone(chrome: Browser, site: Served, script: bool) -> None:
    eyes, words, who = Eyes(), Words("zh"), somebody_new()
    with somebody(chrome, site.url, script=script, eyes=eyes) as page, somebody(chrome, site.url) as telephone:
        keys = Keys(page)
        page.goto("/")
        keys.type("input[type=search]", "养老保险")
        keys.reach(f'a[href="/eservices/{PENSION}/"]')
        keys.enter()
        keys.reach(f'a[href="/eservices/{PENSION}/apply"]')
        keys.enter()
        keys.type("input[name=phone]", who.phone)
        keys.type("input[name=code]", Resident(telephone, words, who).code_sent())
        keys.type("input[name=name]", who.name)
        expect(page).to_have_url(re.compile(f"/eservices/{PENSION}/apply$"))
        keys.reach("input[name=agree]")
        page.keyboard.press("Space")
        keys.reach("#main form button")
        keys.enter()
        expect(page).to_have_url(re.compile("/eservices/draft/[^/]+/whom$"))
        keys.reach("input[name=whom]")
        page.keyboard.press("Space")
        keys.reach("#main form button")
        keys.enter()
        expect(page).not_to_have_url(re.compile("/whom$"))
    eyes.assert_calm()


@pytest.mark.browser
def test_the_first_stop_leads_past_the_header(chrome: Browser, site: Served) -> None:
    with somebody(chrome, site.url) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_attribute("href", "#main")
        expect(skip).to_be_in_viewport()
