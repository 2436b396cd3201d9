"""What an answer and a log never tell: traces, paths of the machine, and what people typed."""

from __future__ import annotations

import io
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import structlog

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.declarations import PUBLIC, Loader, Route
from lianxin.directory.models import Person
from lianxin.operate.logs import set_up_logs
from lianxin.testing.site import SiteClient, TestSite, open_test_site
from tests.core.web.probe.everywhere import all_routes, everybody
from tests.core.web.probe.opening import probe_assembly
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.opening import whole as whole
from tests.core.web.probe.opening import whole_template as whole_template
from tests.core.web.probe.raw import OURS, ask
from tests.faults.size import size

pytestmark = pytest.mark.anyio

CANARIES = {
    "an ID number": "51010219550512384X",
    "another one": "510102195505123848",
    "a telephone": "13800137921",
    "a token": "tok-8f1c2e77aa90b4d5cafe",
    "a password": "hush-Kanarienvogel-9",
    "words": "金丝雀在笼子里唱歌",
    "a line": "canary\\nwith 'quotes' and \"more\"",
}
INSIDE = ("Traceback", 'File "', "/core/lianxin", "site-packages", ".py", "RuntimeError", "Broken", "sqlite", "asyncpg")


@pytest.fixture
def log_lines() -> Iterator[list[str]]:
    """Everything that is logged, as the real processors write it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    lines: list[str] = []

    class Lines:
        def msg(self, line: str) -> None:
            lines.append(line)

        log = debug = info = warning = error = critical = exception = msg

    set_up_logs("debug")
    structlog.configure(
        processors=structlog.get_config()["processors"],
        wrapper_class=structlog.make_filtering_bound_logger(10),
        logger_factory=lambda *_: Lines(),
        cache_logger_on_first_use=False,
    )
    old = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(old)
    root.setLevel(logging.INFO)
    yield lines
    lines.append(old.getvalue())
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


async def send_everywhere(site: TestSite, browser: Callable[[], Awaitable[SiteClient]], canary: str) -> None:
    """The canary in the query, the form, the cookies, the headers and the places of every address."""
    safe = canary.encode().decode("latin-1")
    headers = {"authorization": f"Bearer {safe}", "referer": f"http://127.0.0.1:8000/?x={safe}", "user-agent": safe}
    client = await browser()
    cookie = "; ".join([*(f"{name}={value}" for name, value in client.cookies.items()), f"other={safe}"])
    fields = dict.fromkeys(("words", "note", "secret", "phone", "code", "password", "name", "number", "id"), canary)
    as_bytes = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    for stop in all_routes(site, filling=canary):
        if stop.route.kind == "stream":
            sent = [*OURS, *headers.items(), ("cookie", cookie)]
            await ask(site.app, "GET", stop.path, sent, query="q=canary", stays=False)
        elif stop.route.kind == "action":
            form = {**fields, "words": f"boom {canary}"[:30], "note": canary, "secret": canary}
            client = await browser()
            await client.post(stop.path, data=form, params={"q": canary}, headers=as_bytes)
            await client.post(stop.path, data=fields, params={"next": canary}, headers=as_bytes)
        else:
            await client.get(stop.path, params={"q": canary, "after": canary, "next": canary}, headers=as_bytes)


@pytest.mark.fault
@pytest.mark.parametrize("name", CANARIES)
async def test_what_was_sent_is_in_no_log(
    whole: TestSite, log_lines: list[str], name: str, record_property: Callable[[str, object], None]
) -> None:
    """B21: a canary sent to all routes in every way: 0 found in logs, and 500s are logged without it."""
    canary = CANARIES[name]
    browsers = list((await everybody(whole)).values())
    first = list(CANARIES).index(name) % len(browsers)
    for browser in browsers[size(first, 0) :][: size(1, len(browsers))]:
        await send_everywhere(whole, browser, canary)
    record_property("lines of the log", len(log_lines))
    told = "\n".join(log_lines)
    assert '"event": "request"' in told
    assert '"event": "request_failed"' in told, "some routes did break"
    assert "Broken" in told, "what broke is still named"
    for written in {canary, repr(canary)[1:-1], canary[:30], canary.encode("unicode_escape").decode()}:
        assert written not in told, next(line for line in log_lines if written in line)


async def test_what_was_typed_makes_no_second_line_in_a_log(probed: TestSite, log_lines: list[str]) -> None:
    """B21: a line break in an address or a form stays within its line."""
    for text in ("a\n{}", "a\r\n[info] forged", "a\x1b[31m", "a\u2028b"):
        await ask(probed.app, "GET", f"/nowhere/{text}", OURS)
        await probed.client().post("/probe/keep", data={"words": f"boom {text}"})
    assert log_lines
    for line in log_lines:
        assert "\n" not in line.rstrip("\n")
        assert "\r" not in line
        assert "\x1b" not in line


async def boom(*_: Any, **__: Any) -> Any:
    """What any handler may do one day."""
    raise RuntimeError("secret of /srv/lianxin/core/lianxin/web.py: password=hush")


def broken(route: Route) -> Route:
    """The route, open to all, its handler broken."""
    return replace(route, handler=boom, access=PUBLIC, loads={}, form=None, heavy=False)


def broken_at_loading(route: Route) -> Route:
    """The route, open to all, what loads its objects broken."""
    loads = {name: Loader(boom, scoped=False, because="a test") for name in route.loads}
    return replace(route, access=PUBLIC, loads=loads)


@pytest.mark.parametrize("breaking", [broken, broken_at_loading])
@pytest.mark.parametrize("asking", ["page", "fragment", "machine"])
async def test_a_fault_of_ours_tells_nothing_of_the_inside(
    site_config: Config, anyio_backend: str, breaking: Any, asking: str
) -> None:
    """B22: an exception forced in every route: a plain sentence and a number, no trace and no path."""
    make_keys(site_config.keys_file)
    assembly = probe_assembly(site_config)
    for part in assembly.parts:
        part.declared["routes"] = [breaking(route) for route in part.declared["routes"]]
    headers = {"page": {}, "fragment": {"hx-request": "true"}, "machine": {"accept": "application/json"}}[asking]
    broke = 0
    async with open_test_site(site_config, assembly=assembly, plugins=("probe",)) as site:
        for stop in all_routes(site):
            if breaking is broken_at_loading and (not stop.route.loads or stop.route.kind == "stream"):
                continue
            client = site.client(language="en")
            sent = {"json": {"words": "whole"}} if stop.route.takes is not None else {}
            answer = await client.request(stop.route.methods[0], stop.path, headers=headers, **sent)
            assert answer.status_code == 500, stop.name
            for word in (*INSIDE, "hush", "secret of", "/srv"):
                assert word not in answer.text, (stop.name, word)
            assert answer.headers["x-request-id"] in answer.text, "what one reads out on the telephone"
            kind = answer.headers["content-type"]
            machine = asking == "machine" or stop.route.kind in ("api", "stream")
            assert kind.startswith("application/problem+json" if machine else "text/html"), stop.name
            broke += 1
    assert broke >= (1 if breaking is broken_at_loading else 20)


async def test_even_without_an_error_page_nothing_is_told(probed: TestSite) -> None:
    """B22: when the error page itself breaks, or the visit can't be made."""
    site = probed.app.state.site
    renderer, site.renderer = site.renderer, None
    answer = await probed.client().get("/probe/broken")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not [word for word in INSIDE if word in answer.text]
    site.renderer = renderer

    def no_clock() -> Any:
        raise RuntimeError("hush")

    site.clock = no_clock
    answer = await probed.client().get("/")
    assert answer.status_code == 503
    assert "hush" not in answer.text
    assert (await probed.client().get("/healthz")).status_code == 200, "the process is there all the same"


async def test_a_sentence_with_per_cent_signs_is_only_a_sentence(probed: TestSite) -> None:
    answer = await probed.client().submit("/probe/keep", {"words": "whole form"}, page="/probe/")
    assert "100% sure" in answer.text
    assert await Person.all().count() == 0
