"""Notices when a text that somebody typed runs in a page, or could.

The content policy is switched off in these browsers, so that the escaping has to hold by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from lianxin.testing.browser import somebody

# Attributes that would run, addresses that would run: none of ours does either.
ARMED = """
(root) => [...(root || document).querySelectorAll('*')].flatMap((el) => [...el.attributes]
  .filter((one) => /^on/i.test(one.name) || /^(data-)?hx-on/i.test(one.name) ||
    /^(href|src|action|formaction|data|xlink:href)$/i.test(one.name) &&
    /^[\\s\\x00-\\x20]*javascript:/i.test(one.value) ||
    /^(data-)?hx-/i.test(one.name) && /canary/.test(one.value) || one.name === 'srcdoc')
  .map((one) => el.tagName + ' ' + one.name + '=' + one.value)
  .concat(el.localName === 'script' && /canary/.test(el.textContent) ? ['SCRIPT ' + el.textContent] : []))
"""


class Canary:
    """Notes where it was called."""

    def __init__(self) -> None:
        self.called_on: list[str] = []

    @contextmanager
    def browser(self, chrome: Browser, url: str) -> Iterator[Page]:
        """Somebody whose pages have a `canary()`, and no content policy."""
        with somebody(chrome, url, bypass_csp=True) as page:
            page.expose_binding("canary", lambda source: self.called_on.append(source["frame"].name or page.url))
            yield page

    def looks_at(self, page: Page, *addresses: str) -> None:
        """Opens pages, and touches what could be armed."""
        for address in addresses:
            page.goto(address)
            page.mouse.move(200, 200)
            page.keyboard.press("Tab")
            armed = page.evaluate(ARMED)
            assert armed == [], f"{page.url}: {armed}"
        assert self.called_on == []
