"""What is sent after the session has ended: kept for the same person on the same browser, for half an hour."""

from __future__ import annotations

import html
import re

import pytest

from lianxin.access.models import HeldRequest, Session
from lianxin.access.sessions import end_all_sessions, open_session
from lianxin.data.connection import connection
from lianxin.directory.models import Person
from lianxin.testing.site import SiteClient, TestSite
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.opening import somebody

pytestmark = pytest.mark.anyio
TYPED = {
    "words": "王<b>秀华</b>",
    "note": "two\nlines & more",
    "many": "7",
    "way": "b",
    "days": ["mon", "wed"],
    "secret": "hush-hush",
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


async def left_behind(site: TestSite, person: Person, **form: object) -> SiteClient:
    """A browser on which a form was sent after the session had ended."""
    client = await site.client_of(person.id, language="en")
    await end_all_sessions(person.id, now=site.clock())
    data = {**TYPED, **form}
    answer = await client.post(
        "/probe/mine/keep?from=here", data=data, headers={"referer": "http://127.0.0.1:8000/probe/mine"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fheld"
    return client


async def sign_in(site: TestSite, client: SiteClient, person: Person) -> None:
    """What the pages of signing in do at their end."""
    opened = await open_session(person.id, method="phone", staff=False, now=site.clock())
    client.cookies.set(site.app.state.site.cookie("session"), opened.token, domain="127.0.0.1", path="/")


async def test_after_signing_in_it_is_sent_with_one_press(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await left_behind(probed, person)
    await sign_in(probed, client, person)
    page = await client.get("/held")
    assert page.status_code == 200
    assert "秀华" not in page.text, "looking opens nothing"
    opened = await client.post("/held")
    assert opened.status_code == 200
    assert "王&lt;b&gt;秀华&lt;/b&gt;</dd>" in opened.text
    assert 'action="/probe/mine/keep?from=here"' in opened.text
    assert 'href="/probe/mine"' in opened.text
    assert "hush" not in opened.text
    pairs = [(name, html.unescape(value)) for name, value in HIDDEN.findall(opened.text)]
    said: dict[str, object] = {name: value for name, value in pairs if name != "days"}
    said["days"] = [value for name, value in pairs if name == "days"]
    assert {name: value for name, value in said.items() if name[0] != "_"} == {
        name: value for name, value in TYPED.items() if name != "secret"
    }
    for _ in range(2):
        sent = await client.post("/probe/mine/keep?from=here", data=said)
        assert sent.status_code == 303
    assert await Person.filter(name=TYPED["words"]).count() == 1
    assert probed.app.state.site.cookie("held") not in client.cookies
    assert (await client.get("/held")).status_code == 404


async def test_a_reload_loses_nothing(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await left_behind(probed, person)
    await sign_in(probed, client, person)
    for _ in range(3):
        assert "秀华" in (await client.post("/held")).text
    assert await HeldRequest.all().count() == 1


async def test_nobody_else_sees_it(probed: TestSite) -> None:
    """Neither another person on this browser nor this person elsewhere, nor anybody without a session."""
    person, other = await somebody(probed), await somebody(probed)
    client = await left_behind(probed, person)
    assert (await client.post("/held")).headers["location"].startswith("/sign-in")
    await sign_in(probed, client, other)
    refused = await client.post("/held")
    assert refused.status_code == 404
    assert "秀华" not in refused.text
    elsewhere = await probed.client_of(person.id)
    assert (await elsewhere.get("/held")).status_code == 404
    assert (await elsewhere.post("/held")).status_code == 404


async def test_after_half_an_hour_it_is_gone(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await left_behind(probed, person)
    probed.clock.forward(minutes=31)
    await sign_in(probed, client, person)
    assert (await client.post("/held")).status_code == 404


async def test_it_lies_sealed(probed: TestSite) -> None:
    await left_behind(probed, await somebody(probed))
    row = (await connection().execute_query_dict("SELECT * FROM held_request"))[0]
    assert "秀华" not in str(row)
    assert "mon" not in str(row)
    assert row["browser_hash"] in await Session.all().values_list("token_hash", flat=True)


async def test_the_old_token_opens_nothing(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await left_behind(probed, person)
    name = probed.app.state.site.cookie("session")
    client.cookies.set(name, client.cookies[probed.app.state.site.cookie("held")], domain="127.0.0.1", path="/")
    assert (await client.get("/api/probe/mine")).status_code == 401
    assert (await client.post("/held")).status_code == 303


@pytest.mark.parametrize("token", ["", "never-was-one"])
async def test_without_a_session_that_was_nothing_is_kept(probed: TestSite, token: str) -> None:
    client = probed.client()
    if token:
        client.cookies.set(probed.app.state.site.cookie("session"), token, domain="127.0.0.1", path="/")
    answer = await client.post("/probe/mine/keep", data=TYPED)
    assert answer.status_code == 303
    assert "held" not in answer.headers["location"]
    assert await HeldRequest.all().count() == 0


async def test_another_site_can_leave_nothing(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await probed.client_of(person.id)
    await end_all_sessions(person.id, now=probed.clock())
    answer = await client.post("/probe/mine/keep", data=TYPED, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert await HeldRequest.all().count() == 0


async def test_what_was_wrong_in_it_is_told_when_it_is_sent(probed: TestSite) -> None:
    person = await somebody(probed)
    client = await left_behind(probed, person, many="99")
    await sign_in(probed, client, person)
    said = dict(HIDDEN.findall((await client.post("/held")).text))
    answer = await client.post("/probe/mine/keep", data=said)
    assert answer.status_code == 422
    assert 'value="99"' in answer.text
