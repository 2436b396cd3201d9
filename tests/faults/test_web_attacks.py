"""Other sites, old tokens, missing headers, false hosts: every route of a whole site is asked."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lianxin.access.models import Session
from lianxin.access.passwords import disable_sign_in, set_password
from lianxin.access.sessions import end_all_sessions
from lianxin.config import Config
from lianxin.declarations import PUBLIC
from lianxin.directory.models import Person
from lianxin.testing.site import BASE, SiteClient, TestSite
from lianxin.web.middleware.guard import ALWAYS, Guard
from lianxin.web.safe_path import safe_path
from tests.core.web.probe.everywhere import BREAKING, all_routes, everybody, real_places, rows_by_table
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.opening import somebody
from tests.core.web.probe.opening import whole as whole
from tests.core.web.probe.opening import whole_template as whole_template
from tests.core.web.probe.raw import HOST, OURS, ask
from tests.faults.payloads import LEADING_AWAY

pytestmark = pytest.mark.anyio
OTHER = "web.other_site"

MIXES: tuple[tuple[dict[str, str], bool], ...] = (
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"origin": BASE}, True),
    ({"sec-fetch-site": "same-site", "origin": BASE}, False),
    ({"sec-fetch-site": "cross-site", "origin": BASE}, False),
    ({"origin": "https://evil.example"}, False),
    ({"origin": "null"}, False),
    ({}, False),
)


def bare(client: SiteClient) -> SiteClient:
    """Without the headers by which a browser says whose page it shows."""
    for name in ("origin", "sec-fetch-site"):
        del client.headers[name]
    return client


async def test_every_change_comes_from_our_own_pages(whole: TestSite) -> None:
    """B4: all unsafe routes × 8 mixes of headers: none from another site is taken, none of ours is refused."""
    visitors = await everybody(whole)
    asked = 0
    for who in ("nobody", "resident"):
        for stop in all_routes(whole):
            if "POST" not in stop.route.methods:
                continue
            for headers, ours in MIXES:
                # It may be refused for what it says, but not for where it comes from.
                client = bare(await visitors[who]())
                answer = await client.post(stop.path, headers=headers, data={})
                refused = answer.status_code == 403 and OTHER in answer.text
                assert refused is not ours, (stop.name, headers, answer.status_code)
                asked += 1
    assert asked >= 2 * 8 * 40


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": "http://127.0.0.1:8000@evil.example"},
        {"origin": "127.0.0.1:8000"},
        {"origin": ""},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "Same-Origin, cross-site"},
    ],
)
async def test_an_origin_that_looks_like_ours_is_not(probed: TestSite, headers: dict[str, str]) -> None:
    answer = await bare(probed.client()).post("/probe/refuse", headers=headers)
    assert answer.status_code == 403
    assert OTHER in answer.text


async def test_a_get_changes_no_row(whole: TestSite) -> None:
    """B4: the rows of all tables are the same after every GET and HEAD of every visitor."""
    clients = [await browser() for browser in (await everybody(whole)).values()]
    real = await real_places()
    before = await rows_by_table()
    for client in clients:
        for stop in all_routes(whole, real=real):
            if "POST" in stop.route.methods or stop.route.kind == "stream":
                continue
            for method in ("GET", "HEAD"):
                answer = await client.request(method, stop.path)
                assert answer.status_code < 500 or stop.name in BREAKING, stop.name
                assert answer.status_code != 429
    assert await rows_by_table() == before


async def is_in(site: TestSite, token: str) -> bool:
    """Whether the token opens a page for people with a session; the API says the same as the page."""
    client = site.client()
    client.cookies.set(site.app.state.site.cookie("session"), token)
    answer = await client.get("/api/probe/mine")
    assert answer.status_code in (200, 401)
    page = await client.get("/probe/mine")
    assert (page.status_code == 200) == (answer.status_code == 200)
    assert page.status_code == 200 or page.headers["location"].startswith("/sign-in?next=")
    return answer.status_code == 200


async def test_an_old_token_is_worth_nothing(probed: TestSite) -> None:
    """B5: after signing in anew and after signing out: 401."""
    name = probed.app.state.site.cookie("session")
    person = await somebody(probed)
    client = await probed.client_of(person.id)
    first = client.cookies[name]
    assert await is_in(probed, first)
    assert (await client.post("/probe/sign-in")).status_code == 303
    second = client.cookies[name]
    assert second != first
    assert [await is_in(probed, first), await is_in(probed, second)] == [False, True]
    kept = await Session.all().values_list("token_hash", flat=True)
    assert not [each for each in kept if await is_in(probed, str(each))], "the database holds no token"
    assert (await client.post("/probe/sign-out")).status_code == 303
    assert not await is_in(probed, second)
    assert name not in client.cookies


async def test_a_session_ends_with_whatever_ends_it(probed: TestSite) -> None:
    """B5: the end of all sessions, a new password, being disabled, its time, the person's erasure: 401."""
    site, name = probed, probed.app.state.site.cookie("session")
    person = await somebody(site)

    async def opened(*, staff: bool = False) -> str:
        token = str((await site.client_of(person.id, staff=staff)).cookies[name])
        assert await is_in(site, token)
        return token

    token = await opened()
    await end_all_sessions(person.id, now=site.clock())
    assert not await is_in(site, token)
    for ending in (
        lambda: set_password(person.id, "zhouxh", "four quiet green tea cups", must_change=True, now=site.clock()),
        lambda: disable_sign_in(person.id, now=site.clock()),
    ):
        token = await opened(staff=True)
        await ending()
        assert not await is_in(site, token), "a new password ends all sessions, and so does being disabled"
    for staff, span in ((False, {"days": 31}), (True, {"minutes": 31})):
        token = await opened(staff=staff)
        site.clock.forward(**span)
        assert not await is_in(site, token)
    token = await opened()
    await Person.filter(id=person.id).update(erased_at=site.clock())
    assert not await is_in(site, token)


async def test_a_session_planted_before_is_not_the_one_after(probed: TestSite) -> None:
    """B5: a token that somebody put into the browser is never adopted."""
    name = probed.app.state.site.cookie("session")
    person = await somebody(probed)
    client = await probed.client_of(person.id)
    planted = client.cookies[name]
    await client.post("/probe/sign-in")
    assert client.cookies[name] != planted
    for wrong in ("", "x", "x" * 5000, "é", "../../", planted[:-1], planted + "a"):
        answer = await ask(probed.app, "GET", "/api/probe/mine", [*OURS, ("cookie", f"{name}={wrong}")])
        assert answer.status == 401, wrong


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(probed: TestSite) -> None:
    """B5: HttpOnly, SameSite, the whole site's path; under TLS Secure and bound to this very host."""
    client = await probed.client_of((await somebody(probed)).id)
    name = probed.app.state.site.cookie("session")
    answer = await client.post("/probe/sign-in?lang=en")
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "domain" not in cookie.lower()
    site = probed.app.state.site
    site.config = Config(folder=site.config.folder, base_url="https://lianxin.example")
    cookie = f"__Host-lianxin-session={client.cookies[name]}"
    secure = await ask(probed.app, "POST", "/probe/sign-in", [*OURS, ("cookie", cookie)])
    assert secure.status == 303
    session = next(each for each in secure.headers.getlist("set-cookie") if "session" in each)
    assert session.startswith("__Host-lianxin-session=")
    assert "Secure" in session.split("; ")


def check_headers(headers: dict[str, str], what: str) -> None:
    """What every answer carries, whatever it answers."""
    for name, value in ALWAYS.items():
        assert headers.get(name) == value, (what, name)
    assert re.fullmatch(r"[0-9a-f]{16}", headers.get("x-request-id", "")), what
    rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    assert "unsafe" not in headers["content-security-policy"], what
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'", (
        what
    )
    assert "script-src" not in rules or re.fullmatch(r"'nonce-[\w-]{16}'", rules["script-src"]), what
    assert "server" not in headers
    assert "x-powered-by" not in headers


async def test_every_answer_carries_every_header(whole: TestSite) -> None:
    """B9: pages, actions, downloads, streams, static files, errors; HEAD too; each with a nonce of its own."""
    clients = {who: await browser() for who, browser in (await everybody(whole)).items()}
    for stop in all_routes(whole, real=await real_places()):
        method = stop.route.methods[0]
        for who, client in clients.items():
            if stop.route.kind == "stream":
                cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
                streamed = await ask(whole.app, "GET", stop.path, [*OURS, ("cookie", cookie)], stays=False)
                check_headers(dict(streamed.headers), f"{stop.name} {who}")
                continue
            answer = await client.request(method, stop.path)
            check_headers(dict(answer.headers), f"{stop.name} {who}")
            cache = answer.headers["cache-control"]
            shared = stop.route.kind == "feed" and stop.route.access is PUBLIC
            assert shared or "no-store" in cache or "private" in cache, stop.name
    client = whole.client()
    page = (await client.get("/")).text
    statics = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(statics) >= 3
    for path in (
        *statics,
        "/static/nowhere",
        "/nowhere",
        "/healthz",
        "/readyz",
        "/probe/broken",
        "/api/probe/things/none",
    ):
        for method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PATCH"):
            answer = await client.request(method, path)
            check_headers(dict(answer.headers), f"{method} {path}")
            assert answer.status_code < 500 or path == "/probe/broken", (method, path)
    foreign = await bare(client).post("/static/nowhere", headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    check_headers(dict(foreign.headers), "a static file from another site")
    check_headers(dict((await client.get("/", headers={"host": "evil.example"})).headers), "another host")
    nonces = {(await client.get("/")).headers["content-security-policy"] for _ in range(5)}
    assert len(nonces) == 5


async def test_under_tls_browsers_are_told_to_stay_there() -> None:
    """B9: a year of HSTS, and only where the site has TLS."""

    async def nothing(scope, receive, send):  # type: ignore[no-untyped-def]
        raise AssertionError("not reached")

    for base, there in (("https://lianxin.example", True), ("http://lianxin.example", False)):
        guard = Guard(nothing, Config(folder=Path(), base_url=base))
        answer = await ask(guard, "GET", "/", [("host", "evil.example")])
        assert answer.status == 400
        assert ("strict-transport-security" in answer.headers) is there
        assert answer.headers.get("strict-transport-security", "max-age=31536000").startswith("max-age=31536000")


async def test_nothing_leads_away(whole: TestSite) -> None:
    """B11: 60 addresses that look as if they were ours: none leads away."""
    assert len(LEADING_AWAY) >= 60
    client = whole.client()
    places = [("GET", "/choose", "back"), ("GET", "/community", "next"), ("GET", "/sign-in", "next")]
    for payload in LEADING_AWAY:
        assert safe_path(payload, "/safe") == "/safe", payload
        for method, path, name in places:
            answer = await client.request(method, path, params={name: payload})
            assert answer.status_code < 500
            leads_to = answer.headers.get("location", "/")
            assert leads_to.startswith("/"), (path, payload, leads_to)
            assert not leads_to.startswith(("//", "/\\")), (path, payload)
            assert not urlsplit(leads_to).netloc
            for link in re.findall(r'(?:href|action)="([^"]*)"', answer.text):
                assert link.startswith(("/", "#", "tel:", "?")) or link == "", (path, payload, link)
                assert not link.startswith("//")


@pytest.mark.parametrize("path", ["/", "/desk/?view=mine", "/eservices/a-b/apply?step=2&x=%E4%B8%AD", "/m/7K3M92QD"])
def test_addresses_of_ours_lead_where_they_say(path: str) -> None:
    """B11: the other way round, none of ours is refused."""
    assert safe_path(path, "/safe") == path


HOSTS: tuple[list[tuple[str, str]], ...] = (
    [("host", "evil.example")],
    [("host", f"{HOST}.evil.example")],
    [("host", f"evil.example#{HOST}")],
    [("host", f"{HOST}@evil.example")],
    [("host", f"evil.example/{HOST}")],
    [("host", "127.0.0.1")],
    [("host", "127.0.0.1:8001")],
    [("host", f"{HOST}.")],
    [("host", f" {HOST}")],
    [("host", "")],
    [],
    [("host", HOST), ("host", "evil.example")],
    [("host", "evil.example"), ("host", HOST)],
    [("host", f"{HOST}, evil.example")],
    [("host", "localhost:8000")],
    [("host", "[::1]:8000")],
)
FORWARDED: tuple[dict[str, str], ...] = (
    {"x-forwarded-host": "evil.example"},
    {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "443"},
    {"forwarded": "for=9.9.9.9;host=evil.example;proto=https"},
    {"x-original-url": "/admin", "x-rewrite-url": "/admin"},
    {"x-host": "evil.example", "x-forwarded-server": "evil.example"},
    {"x-forwarded-prefix": "//evil.example", "x-script-name": "/evil"},
)


async def test_other_names_are_not_ours(probed: TestSite) -> None:
    """B12: false hosts are 400, and what a visitor says a proxy said leads nowhere and counts for nothing."""
    assert len(HOSTS) + len(FORWARDED) >= 20
    for headers in HOSTS:
        answer = await ask(probed.app, "GET", "/", headers)
        assert answer.status == 400, headers
        assert b"evil" not in answer.body
    for forwarded in FORWARDED:
        for path in ("/", "/probe/mine", "/probe", "/choose?back=/", "/nowhere"):
            path, _, query = path.partition("?")
            answer = await ask(probed.app, "GET", path, [*OURS, *forwarded.items()], query=query)
            assert answer.headers.get("location", "/").startswith("/"), (forwarded, path)
            assert not answer.headers.get("location", "/").startswith("//")
            assert "evil" not in str(answer.headers)
            assert b"evil" not in answer.body


async def address_seen(site: TestSite, *headers: tuple[str, str], peer: str) -> str:
    answer = await ask(site.app, "GET", "/api/probe/", [*OURS, *headers], peer=peer)
    assert answer.status == 200
    return re.search(rb'"address":"([^"]*)"', answer.body)[1].decode()  # type: ignore[index]


async def test_a_visitor_who_names_another_address_is_counted_under_his_own(probed: TestSite) -> None:
    """B12: without a listed proxy X-Forwarded-For is only words."""
    for line in ("9.9.9.9", "9.9.9.9, 127.0.0.1", "127.0.0.1", "garbage", "::1"):
        assert await address_seen(probed, ("x-forwarded-for", line), peer="203.0.113.7") == "203.0.113.7"


async def test_behind_a_proxy_the_last_address_that_is_no_proxy_counts() -> None:
    """B12: what a visitor wrote stands further left, in the same line or in one above."""
    seen: list[str] = []

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        seen.append(scope["client"][0])

    config = Config(folder=Path(), base_url=BASE, trusted_proxies=("10.0.0.1", "10.0.0.2", "2001:db8::1"))
    guard = Guard(app, config)
    chains: tuple[tuple[str, list[str], str], ...] = (
        ("10.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["9.9.9.9, 203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["9.9.9.9", "203.0.113.7"], "203.0.113.7"),
        ("10.0.0.1", ["9.9.9.9, 203.0.113.7, 10.0.0.2"], "203.0.113.7"),
        ("2001:0db8:0::1", ["2001:db8::99"], "2001:db8::99"),
        ("10.0.0.1", ["203.0.113.7, garbage"], "10.0.0.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.9", ["203.0.113.7"], "10.0.0.9"),
        ("", ["203.0.113.7"], ""),
    )
    for peer, lines, wanted in chains:
        await ask(guard, "GET", "/", [("host", HOST), *(("x-forwarded-for", line) for line in lines)], peer=peer)
        assert seen[-1] == wanted, (peer, lines)
