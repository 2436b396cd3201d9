"""Whatever the database holds is shown as text: payloads in the place of all that people wrote, on all pages of all."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from lianxin.testing.processes import Engine, MadeDemo, Served, served
from tests.faults.size import size
from tests.journeys.canary import Canary
from tests.journeys.payloads import PAYLOADS
from tests.journeys.places import AS_ROLES
from tests.journeys.planting import Planted, plant

EACH_ROUTE = size(1, 2)
SHOWN_AT_LEAST = 120
"""So many different payloads stood there as text."""
ROUTES_AT_LEAST = 50
COLUMNS_AT_LEAST = 25
_LINKS = "() => [...document.querySelectorAll('a[href^=\"/\"]')].map((one) => one.getAttribute('href'))"
_SHOWN = """
(payloads) => {
  const fields = [...document.querySelectorAll('input, textarea')].map((one) => one.value);
  const text = [document.documentElement.textContent, ...fields].join(' ');
  return payloads.filter((one) => text.includes(one));
}
"""
_CHANGES_THE_LOOK = re.compile(r"[?&](lang|elder|theme)=")


@pytest.fixture(scope="module")
def poisoned(
    demo_of: Callable[[Engine], MadeDemo], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Planted, list[str]]]:
    """A copy of the demonstration with payloads in it, what they stand in, and the routes of its pages."""
    made, folder = demo_of("sqlite"), tmp_path_factory.mktemp("poisoned") / "demo"
    shutil.copytree(made.folder, folder)
    planted = plant(folder / "lianxin.sqlite3")
    demo = MadeDemo(folder, made.environment)
    with served(demo, folder.parent / "logs") as running:
        yield running, planted, routes_of(folder)
        assert running.faults == []


def routes_of(folder: Path) -> list[str]:
    """The paths of all pages."""
    command = [sys.executable, "-c", "from lianxin.commands import main; main()", "--site", str(folder)]
    said = subprocess.run([*command, "routes", "--json"], capture_output=True, text=True, check=True)
    return [each["path"] for each in json.loads(said.stdout) if "GET" in each["methods"]]


class Crawl:
    """Goes from page to page by the links on them, to each route a few times."""

    def __init__(self, canary: Canary, routes: list[str]) -> None:
        self.canary = canary
        self.routes = [re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route))) for route in routes]
        self.been: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        self.shown: set[str] = set()

    def go(self, page: Page, *begin: str) -> None:
        """From these pages on. In full, what one has seen is looked at by the next as well."""
        waiting, known = list(begin), set(begin)
        been = size(self.been, Counter())
        while waiting:
            address = waiting.pop(0)
            route = self._route(address)
            if not route or (been[route] >= EACH_ROUTE and address not in begin):
                continue
            been[route] += 1
            if not _is_page(page, address):
                continue
            self.met[route] += 1
            self.canary.looks_at(page, address)
            self.shown.update(page.evaluate(_SHOWN, list(PAYLOADS)))
            for link in page.evaluate(_LINKS):
                if link not in known and not _CHANGES_THE_LOOK.search(link):
                    known.add(link)
                    waiting.append(link)

    def _route(self, address: str) -> str:
        path = urlsplit(address).path
        if path.startswith(("/static/", "/files/")):
            return ""
        return next((route.pattern for route in self.routes if route.fullmatch(path)), "")


def _is_page(page: Page, address: str) -> bool:
    """And not a picture or a paper to be kept."""
    answer = page.request.head(address)
    assert answer.status < 500, address
    return answer.headers.get("content-type", "").startswith("text/html")


BEGIN = {"resident": ("/account/", "/"), "nobody": ("/", "/eservices/", "/community"), "auditor": ("/admin/audit",)}


@pytest.mark.browser
def test_what_the_database_holds(
    chrome: Browser, poisoned: tuple[Served, Planted, list[str]], record_property: Callable[[str, object], None]
) -> None:
    """B10: payloads in every column that holds people's words, shown on the pages of every role: none runs."""
    site, planted, routes = poisoned
    assert planted.refused == set()
    assert len(planted.columns) >= COLUMNS_AT_LEAST
    crawl = Crawl(Canary(), routes)
    for who in ("nobody", "resident", *AS_ROLES):
        with crawl.canary.browser(chrome, site.url) as page:
            page.goto("/demo/")
            if who != "nobody":
                with page.expect_navigation():
                    page.locator(f'form[action="/demo/be/{who}"] button').click()
            crawl.go(page, *BEGIN.get(who, ("/desk/", "/admin/")))
    record_property("columns", len(planted.columns))
    record_property("pages", sum(crawl.met.values()))
    record_property("payloads shown", len(crawl.shown))
    assert len(crawl.shown) >= SHOWN_AT_LEAST
    assert len(crawl.met) >= ROUTES_AT_LEAST
