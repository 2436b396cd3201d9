"""What the journeys rely on to notice a fault does notice it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lianxin.testing.browser import Eyes, somebody
from lianxin.testing.processes import Engine, MadeDemo, Served, served

INLINE = "const one = document.createElement('script'); one.textContent = '1'; document.body.append(one)"
BROKEN = "setTimeout(() => { throw new Error('broken on purpose') })"


@pytest.mark.browser
def test_what_the_policy_refuses_is_seen(chrome: Browser, site: Served) -> None:
    eyes = Eyes()
    with somebody(chrome, site.url, eyes=eyes) as page:
        page.goto("/")
        eyes.assert_calm()
        page.evaluate(INLINE)
        page.wait_for_function("() => true")
        with pytest.raises(AssertionError, match="Content Security Policy"):
            eyes.assert_calm()


@pytest.mark.browser
def test_a_script_that_breaks_is_seen(chrome: Browser, site: Served) -> None:
    eyes = Eyes()
    with somebody(chrome, site.url, eyes=eyes) as page:
        page.goto("/")
        with page.expect_event("pageerror"):
            page.evaluate(BROKEN)
        with pytest.raises(AssertionError, match="broken on purpose"):
            eyes.assert_calm()


@pytest.mark.browser
def test_a_site_stops_while_somebody_listens(
    chrome: Browser, demo_of: Callable[[Engine], MadeDemo], tmp_path: Path
) -> None:
    """An open queue keeps a stream open; the server ends it by itself and does not wait to be killed."""
    with somebody(chrome, "http://127.0.0.1") as page:
        with served(demo_of("sqlite"), tmp_path) as site:
            page.goto(f"{site.url}/demo/")
            with page.expect_event("request", lambda request: request.url.endswith("/desk/live")):
                page.locator('form[action="/demo/be/station"] button').click()
            page.wait_for_load_state()


def test_a_fault_in_a_log_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    calm = '{"path": "/", "status": 200, "level": "info"}\n{"path": "/nowhere", "status": 404, "level": "info"}\n'
    log.write_text(calm)
    site = Served(("http://127.0.0.1:1",), (log,))
    assert site.faults == []
    log.write_text(f'{calm}{{"status": 503, "level": "info"}}\n{{"event": "job", "level": "error"}}\nTraceback (most')
    assert len(site.faults) == 3
