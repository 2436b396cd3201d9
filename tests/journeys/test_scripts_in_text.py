"""What people type is text wherever it is shown: no part of it ever runs (defence B10 at the size of the gate).

The content policy is switched off in these browsers, so that the escaping has to hold by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Served
from tests.journeys.invented import Invented, somebody_new
from tests.journeys.payloads import PAYLOADS, SHORT
from tests.journeys.resident import Resident
from tests.journeys.staff import Staff
from tests.journeys.words import Words

# Attributes that would run, addresses that would run: none of ours does either.
_ARMED = """
() => [...document.querySelectorAll('*')].flatMap((el) => [...el.attributes]
  .filter((one) => /^on/i.test(one.name) || /^(data-)?hx-on/i.test(one.name) ||
    /^(href|src|action|formaction|data|xlink:href)$/i.test(one.name) && /^\\s*javascript:/i.test(one.value))
  .map((one) => el.tagName + ' ' + one.name + '=' + one.value))
"""


class Canary:
    """Notes where it was called."""

    def __init__(self) -> None:
        self.called_on: list[str] = []

    @contextmanager
    def browser(self, chrome: Browser, url: str) -> Iterator[Page]:
        """Somebody whose pages have a `canary()`, and no content policy."""
        with somebody(chrome, url, bypass_csp=True) as page:
            page.expose_function("canary", lambda: self.called_on.append(page.url))
            yield page

    def looks_at(self, page: Page, *addresses: str) -> None:
        """Opens pages, and touches what could be armed."""
        for address in addresses:
            page.goto(address)
            page.mouse.move(200, 200)
            page.keyboard.press("Tab")
            armed = page.evaluate(_ARMED)
            assert armed == [], f"{page.url}: {armed}"
        assert self.called_on == []


@pytest.fixture
def canary() -> Canary:
    """A fresh one."""
    return Canary()


@pytest.mark.browser
def test_the_canary_sings(chrome: Browser, site: Served, canary: Canary) -> None:
    with canary.browser(chrome, site.url) as page:
        page.goto("/")
        for payload in (PAYLOADS[10], PAYLOADS[12]):  # pictures; scripts put in like this never run
            page.evaluate("text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", payload)
        page.wait_for_timeout(500)
        assert len(canary.called_on) == 2
        page.evaluate("text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", PAYLOADS[31])
        assert any("javascript:" in one for one in page.evaluate(_ARMED))


@pytest.mark.browser
def test_what_is_searched_for(chrome: Browser, site: Served, canary: Canary) -> None:
    with canary.browser(chrome, site.url) as page:
        for payload in PAYLOADS:
            canary.looks_at(page, f"/eservices/?q={quote(payload)}")
        canary.looks_at(page, f"/sign-in?next={quote(PAYLOADS[0])}", f"/community?above={quote(SHORT)}")


@pytest.mark.browser
def test_what_resident_and_desk_write_to_each_other(chrome: Browser, site: Served, canary: Canary) -> None:
    words, known = Words("zh"), somebody_new()
    who = Invented(SHORT, known.phone, known.id_number)
    with canary.browser(chrome, site.url) as hers, canary.browser(chrome, site.url) as theirs:
        she, desk = Resident(hers, words, who), Staff(theirs, words)
        she.sign_in()
        she.find_pension()
        code = she.apply()
        desk.sign_in_as("station")
        desk.take(code)
        for part in in_parts():
            leave_note(desk, code, part)
        desk.ask_for_corrections(code, in_parts()[0])
        canary.looks_at(hers, "/", "/account/", f"/account/m/{code}", "/account/messages", f"/eservices/correct/{code}")
        canary.looks_at(theirs, "/desk/", f"/desk/m/{code}", "/desk/tasks", f"/desk/find?q={quote(SHORT)}")
        canary.looks_at(theirs, "/demo/outbox")
        shown = hers.goto(f"/account/m/{code}")
        assert shown is not None
        assert "&lt;script" in shown.text(), "the text stands there as it was typed"
        desk.open(code)
        expect(theirs.locator("#main")).to_contain_text(PAYLOADS[0])
        withdraw(she, code, PAYLOADS[13])
        canary.looks_at(hers, f"/account/m/{code}")
        canary.looks_at(theirs, f"/desk/m/{code}")


@pytest.mark.browser
def test_nothing_of_it_meets_the_content_policy(chrome: Browser, site: Served) -> None:
    """What the policy would have to stop is not there: with it switched on, it has nothing to say."""
    eyes = Eyes()
    with somebody(chrome, site.url, eyes=eyes) as page:
        for payload in PAYLOADS[:20]:
            page.goto(f"/eservices/?q={quote(payload)}")
    eyes.assert_calm()


def in_parts() -> list[str]:
    """All payloads, in texts that fit into a field."""
    parts: list[str] = [""]
    for payload in PAYLOADS:
        if len(parts[-1]) + len(payload) > 900:
            parts.append("")
        parts[-1] += payload.replace("\n", " ") + "\n"
    return parts


def leave_note(desk: Staff, code: str, text: str) -> None:
    """One that the applicant may read."""
    desk.open(code)
    desk.page.locator("textarea[name=text]").fill(text)
    desk.page.locator("input[name=public]").check()
    with desk.page.expect_navigation():
        desk.page.locator("form:has(textarea[name=text]) button").first.click()


def withdraw(she: Resident, code: str, reason: str) -> None:
    """She does not want it any more."""
    she.page.goto(f"/account/m/{code}/withdraw")
    she.page.locator("input[name=reason]").fill(reason)
    she.press("Withdraw the application")
