"""Every page for everybody: axe, letters twice as large, the keyboard alone."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from lianxin.testing.accessibility import assert_accessible, misfits_twice, severe_findings
from lianxin.testing.browser import Screen, somebody
from lianxin.testing.processes import Engine, MadeDemo, Served
from tests.journeys.places import Place, Tour, lacking, read_places

AT_LEAST = 75
NO_PAGES = {
    "/choose": "leads back to where one was",
    "/m/{code}": "leads on to the page that one may see",
    "/desk/arrived": "a part of the queue, for htmx",
    "/desk/live": "a stream",
    "/account/live": "a stream",
    "/sign-in/idle": "a number for a script",
    "/counter/{area}/live": "a stream",
    "/files/{file}": "a file",
    "/eservices/show/{draft}/live": "a stream",
    "/eservices/show/{draft}/{step}/banner": "a part of the question, for htmx",
    "/eservices/desk/shown/{shown}": "looks like the question; only a number read out on the telephone leads there",
    "/eservices/desk/shown/{shown}/live": "a stream",
    "/eservices/{item}/qr.svg": "a picture",
    "/eservices/notice/{matter}/pdf": "a file",
    "/eservices/desk/figures/table.csv": "a file",
    "/eservices/desk/figures/table.xlsx": "a file",
    "/eservices/acting/for/{leave}/begin": "leads on to the service that was chosen",
    "/eservices/admin/services/export.yaml": "a file",
    "/eservices/admin/services/{service}/export.yaml": "a file",
    "/sign-in/fact": "looks like the other questions; only a number silent for months leads there",
}
Look = Callable[[str, Screen, str], Page]


@pytest.fixture(scope="module")
def tour(chrome: Browser, site: Served) -> Tour:
    """Everybody signed in."""
    return Tour(chrome, site.url)


@pytest.fixture(scope="module")
def look(tour: Tour) -> Iterator[Look]:
    """A browser for each person, screen and choice (`elder=on`, `theme=dark`), opened when it is first needed."""
    pages: dict[tuple[str, Screen, str], Page] = {}
    with ExitStack() as stack:

        def ask(who: str, screen: Screen, choice: str) -> Page:
            key = (who, screen, choice)
            if key not in pages:
                context = somebody(
                    tour.chrome, tour.url, screen=screen, storage_state=tour.signed_in[who], bypass_csp=True
                )
                pages[key] = stack.enter_context(context)
                if choice:
                    pages[key].goto(f"/privacy?{choice}")
            return pages[key]

        yield ask


@pytest.mark.browser
@pytest.mark.parametrize("place", read_places(), ids=lambda place: f"{place.who} {place.address}")
def test_page(place: Place, tour: Tour, look: Look) -> None:
    address = tour.filled(place.address)
    screen: Screen = "desktop" if place.for_staff else "phone"
    faults: list[str] = []
    for choice in ("", "theme=dark" if place.for_staff else "elder=on"):
        page = look(place.who, screen, choice)
        page.goto(address)
        assert page.url.endswith(address) or "%" in page.url, f"{address} leads to {page.url}"
        faults += [f"{choice} {finding}" for finding in severe_findings(page)]
        if screen == "phone":
            faults += [f"{choice} {finding}" for finding in misfits_twice(page)]
    if place.for_staff:
        page = look(place.who, "phone", "")
        page.goto(address)
        faults += misfits_twice(page)
    assert not faults, "\n".join(faults)


@pytest.mark.browser
def test_no_page_is_left_out(demo_of: Callable[[Engine], MadeDemo]) -> None:
    command = [sys.executable, "-c", "from lianxin.commands import main; main()"]
    said = subprocess.run(
        [*command, "--site", str(demo_of("sqlite").folder), "routes", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert lacking(json.loads(said.stdout), NO_PAGES) == []


def test_the_list_only_grows() -> None:
    assert len(read_places()) >= AT_LEAST


@pytest.mark.browser
def test_what_is_wrong_is_found(chrome: Browser) -> None:
    with somebody(chrome, "http://127.0.0.1", screen="phone") as page:
        page.set_content(
            "<html lang=en><title>x</title><main><h1>x</h1><img src=x><p style='white-space:nowrap;width:300px'>"
            "A line that is far too long for the box it stands in, and goes on and on</p>"
            "<p style='position:absolute;top:0;left:0'>One</p><p style='position:absolute;top:4px;left:4px'>Two</p>"
        )
        with pytest.raises(AssertionError, match="image-alt"):
            assert_accessible(page)
        faults = "\n".join(misfits_twice(page))
    assert "sideways" in faults
    assert "wide inside" in faults
    assert '"One" lies over p "Two"' in faults
