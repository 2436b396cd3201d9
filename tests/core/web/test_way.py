"""The way of a request: how often it asks the database, what it keeps of choices and notices, where it leads."""

from __future__ import annotations

import base64
import json

import pytest

from lianxin.directory.models import Area, Person
from lianxin.testing.queries import count_queries
from lianxin.testing.site import SiteClient, TestSite
from tests.core.web.probe.opening import filled as filled
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.opening import somebody
from tests.core.web.probe.raw import OURS, ask

pytestmark = pytest.mark.anyio


async def queries_of(client: SiteClient, path: str) -> list[str]:
    await client.get(path)
    with count_queries() as asked:
        answer = await client.get(path)
    assert answer.status_code == 200
    return asked


async def test_a_page_asks_as_often_for_three_rows_as_for_one(filled: TestSite) -> None:
    person = await Person.filter(home_area_id__not_isnull=True).order_by("id").first()
    assert person
    client = await filled.client_of(person.id)
    asked: dict[int, int] = {}
    for count in (1, 3):
        while await Person.filter(name__startswith="row").count() < count:
            await Person.create(name=f"row {count}", created_at=filled.clock())
        asked[count] = len(await queries_of(client, "/probe/"))
    assert asked[1] == asked[3]
    assert asked[1] <= 4, "the session, the rows, and what the navigation counts"


async def test_a_visitor_without_a_session_costs_one_query_at_most(filled: TestSite) -> None:
    with count_queries() as asked:
        for _ in range(5):
            assert (await ask(filled.app, "GET", "/api/probe/", OURS)).status == 200
    assert len(asked) <= 2, "the community in the header is looked up once, for all"
    with count_queries() as later:
        assert (await ask(filled.app, "GET", "/healthz", OURS)).status == 200
        assert (await ask(filled.app, "GET", "/static/nowhere", OURS)).status == 404
    assert later == []


async def test_a_new_telephone_stands_in_the_header_ten_seconds_later(filled: TestSite) -> None:
    client = filled.client()
    assert "0839-999 0000" not in (await client.get("/probe/")).text
    await Area.filter(parent_id=None).update(phone="0839-999 0000")
    filled.clock.forward(seconds=11)
    assert "tel:08399990000" in (await client.get("/probe/")).text


async def test_each_visitor_sees_her_own_community(filled: TestSite) -> None:
    """What is remembered for one is not shown to another."""
    areas = await Area.filter(kind="village").exclude(phone="").order_by("code").limit(3)
    assert len({area.phone for area in areas}) == 3
    for _ in range(2):
        for area in areas:
            person = await Person.create(name="某人", home_area_id=area.id, created_at=filled.clock())
            client = await filled.client_of(person.id)
            assert area.phone in (await client.get("/probe/")).text
            chosen = filled.client()
            chosen.cookies.set("lianxin-choices", f"area={area.code}")
            assert area.phone in (await chosen.get("/probe/")).text


async def test_choices_are_kept_and_nothing_else(probed: TestSite) -> None:
    client = probed.client()
    assert 'lang="zh-Hans"' in (await client.get("/probe/")).text
    assert 'lang="en"' in (await client.get("/probe/?lang=en")).text
    assert 'lang="en"' in (await client.get("/probe/")).text
    assert 'data-elder="on"' in (await client.get("/probe/?elder=on&theme=pink&lang=xx")).text
    assert 'data-elder="on"' in (await client.get("/probe/")).text
    assert "data-elder" not in (await client.get("/probe/?elder=off")).text
    assert "data-elder" not in (await client.get("/probe/")).text


async def test_what_a_person_keeps_counts_until_the_browser_says_otherwise(probed: TestSite) -> None:
    person = await Person.create(name="周秀华", language="en", elder="bigger", created_at=probed.clock())
    client = await probed.client_of(person.id)
    page = (await client.get("/probe/")).text
    assert 'lang="en"' in page
    assert 'data-elder="bigger"' in page
    page = (await client.get("/probe/?elder=off&lang=zh")).text
    assert 'lang="zh-Hans"' in page
    assert "data-elder" not in page


COOKIES = {
    "not base64": "%%%",
    "not JSON": base64.urlsafe_b64encode(b"{").decode(),
    "deep": base64.urlsafe_b64encode(b"[" * 2900).decode(),
    "no pairs": base64.urlsafe_b64encode(b"[1,2]").decode(),
    "a number": base64.urlsafe_b64encode(b"1").decode(),
    "an object": base64.urlsafe_b64encode(b'{"a":1,"b":2}').decode(),
    "a lone surrogate": base64.urlsafe_b64encode(rb'[["ok","\ud800 x"]]').decode(),
    "markup": base64.urlsafe_b64encode(json.dumps([["ok' x", "<b>bold</b>"]]).encode()).decode(),
    "very long": "A" * 9000,
}


@pytest.mark.parametrize("name", COOKIES)
async def test_a_notice_that_somebody_made_up_is_only_text(probed: TestSite, name: str) -> None:
    answer = await ask(probed.app, "GET", "/probe/", [*OURS, ("cookie", f"lianxin-notices={COOKIES[name]}")])
    assert answer.status == 200
    assert b"<b>bold" not in answer.body


async def test_a_notice_is_shown_once_and_not_used_up_by_a_stream(probed: TestSite) -> None:
    client = probed.client(language="en")
    answer = await client.submit("/probe/keep", {"words": "good"}, page="/probe/")
    cookie = f"lianxin-notices={client.cookies['lianxin-notices']}"
    streamed = await ask(probed.app, "GET", "/probe/live", [*OURS, ("cookie", cookie)], stays=False)
    assert "set-cookie" not in streamed.headers
    await client.get("/api/probe/")
    assert "Kept." in (await client.get(answer.headers["location"])).text
    assert "Kept." not in (await client.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    "choices", ["area=" + "9" * 300, "area=' OR 1=1", "area=%00", "lang=en&lang=zh&elder=evil", "&&=;"]
)
async def test_choices_that_somebody_made_up_change_nothing(filled: TestSite, choices: str) -> None:
    answer = await ask(filled.app, "GET", "/probe/", [*OURS, ("cookie", f"lianxin-choices={choices}")])
    assert answer.status == 200
    assert "evil" not in answer.body.decode()


async def test_machines_are_answered_as_machines(probed: TestSite) -> None:
    """problem+json for what asks for JSON, 401 instead of a way to sign in."""
    client = probed.client(language="en")
    for path, status in (("/api/probe/mine", 401), ("/probe/live/mine", 401), ("/api/probe/refused", 404)):
        answer = await client.get(path)
        assert answer.status_code == status
        problem = answer.json()
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert problem["status"] == status
        assert problem["request_id"] == answer.headers["x-request-id"]
    fragment = await client.post("/probe/mine/keep", headers={"hx-request": "true"})
    assert fragment.status_code == 401
    assert "<html" not in fragment.text
    assert fragment.headers["hx-retarget"]


async def test_who_is_not_signed_in_is_led_back_afterwards(probed: TestSite) -> None:
    client = probed.client()
    answer = await client.get("/probe/mine?a=1&b=%2F")
    assert answer.headers["location"] == "/sign-in?next=%2Fprobe%2Fmine%3Fa%3D1%26b%3D%252F"
    person = await somebody(probed)
    assert (await (await probed.client_of(person.id)).get("/probe/forbidden")).status_code == 403


@pytest.mark.parametrize("path", ["/api/probe/things/x%00y", "/probe/things/" + "x" * 201, "/probe/things/a%0Ab"])
async def test_a_place_that_nothing_is_named_by_is_not_looked_up(probed: TestSite, path: str) -> None:
    with count_queries() as asked:
        assert (await probed.client().get(path)).status_code == 404
    assert not [sql for sql in asked if "person" in sql.lower()]
