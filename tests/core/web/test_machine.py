"""What machines send and get: JSON in by the models of the forms, JSON out as declared, each deed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from lianxin.access.actor import Actor, GrantHeld
from lianxin.access.rights import Rights, use_rights
from lianxin.access.sessions import FULL, SessionHeld
from lianxin.declarations import Permission, Service
from lianxin.directory.models import Person
from lianxin.services import use_services
from lianxin.testing.site import TestSite
from lianxin.web.bearers import TOKEN, Bearers
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.plugin import FORBIDDEN

pytestmark = pytest.mark.anyio
MADE = "/api/probe/made"
KEY = {"idempotency-key": "0123456789-first"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"json": {"words": "何桂芳", "many": 3, "days": ["mon", "tue"]}}, 200),
        ({"json": {"words": "何桂芳", "note": None}}, 200),
        ({"json": {"words": "x"}}, 422),
        ({"json": {"words": "nobody"}}, 422),
        ({"json": {"words": "何桂芳", "wrods": "x"}}, 422),
        ({"json": {"words": ["何桂芳", "赵明"]}}, 422),
        ({"json": {"words": {"a": "b"}}}, 400),
        ({"json": ["何桂芳"]}, 400),
        ({"json": {"days": ["mon"] * 401}}, 413),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"words": NaN}', "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"words": "\\ud800ab"}', "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 400),
        ({"content": b'{"words": "a\\u0000b"}', "headers": {"content-type": "application/json"}}, 422),
        ({"data": {"words": "何桂芳"}}, 415),
        ({"json": {"words": "x" * 1_100_000}}, 413),
        ({"json": {"words": "何桂芳"}, "headers": {"idempotency-key": "short"}}, 400),
    ],
)
async def test_what_is_sent_is_read_by_the_model_or_told_what_is_wrong(
    probed: TestSite, sent: dict[str, object], status: int
) -> None:
    answer = await probed.client(language="en").post(MADE, **sent)
    assert answer.status_code == status, answer.text
    assert await Person.all().count() == (status == 200)
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
    if status == 422:
        assert answer.json()["errors"][0]["field"] in ("words", "wrods")


async def test_a_body_without_a_length_is_refused(probed: TestSite) -> None:
    async def pieces():  # type: ignore[no-untyped-def]
        yield b"{}"

    answer = await probed.client().post(MADE, content=pieces(), headers={"content-type": "application/json"})
    assert answer.status_code == 411


async def test_the_same_key_is_done_once_and_with_another_body_refused(probed: TestSite) -> None:
    client = probed.client()
    first = await client.post(MADE, json={"words": "何桂芳"}, headers=KEY)
    again = await client.post(MADE, json={"words": "何桂芳"}, headers=KEY)
    other = await client.post(MADE, json={"words": "赵明"}, headers=KEY)
    assert (first.status_code, again.status_code, other.status_code) == (200, 303, 409)
    assert again.headers["location"] == "/api/probe/"
    assert other.json()["code"] == "web.sent_before"
    assert await Person.all().count() == 1
    wrong = {"idempotency-key": "0123456789-second"}
    assert (await client.post(MADE, json={"words": "x"}, headers=wrong)).status_code == 422
    assert (await client.post(MADE, json={"words": "王芳"}, headers=wrong)).status_code == 200


async def test_an_answer_that_is_not_as_declared_is_a_fault_of_ours(probed: TestSite) -> None:
    answer = await probed.client().get("/api/probe/untrue")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"


async def test_unknown_addresses_and_methods_are_told_to_machines_too(probed: TestSite) -> None:
    client = probed.client()
    for method, path, status in (("GET", "/api/nowhere", 404), ("DELETE", MADE, 405), ("GET", MADE, 405)):
        answer = await client.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


class OneToken:
    """Whoever shows "right" is a colleague, with what her grant holds but for what it was not handed on."""

    def __init__(self, person_id: UUID, only: frozenset[str]) -> None:
        self.person_id, self.only = person_id, only

    async def open(
        self, token: str, now: datetime, *, address: str, request_id: str
    ) -> tuple[SessionHeld, Actor] | None:
        if token != "right":
            return None
        grants = (GrantHeld("supervisor", only=self.only),)
        actor = Actor(person_id=self.person_id, staff=True, grants=grants, token_id=self.person_id)
        held = SessionHeld(
            self.person_id, "k" * 64, self.person_id, TOKEN, True, FULL, None, now, now, now, "", address
        )
        return held, actor


@pytest.fixture
async def token(probed: TestSite) -> OneToken:
    person = await Person.create(name="王芳", created_at=probed.clock())
    tokens = OneToken(person.id, frozenset({FORBIDDEN}))
    use_services([("probe", Service(Bearers, tokens))])
    return tokens


async def test_a_token_counts_on_the_api_and_nowhere_else(probed: TestSite, token: OneToken) -> None:
    client = probed.client()
    right, wrong = {"authorization": "Bearer right"}, {"authorization": "Bearer wrong"}
    assert (await client.get("/api/probe/", headers=right)).status_code == 200
    refused = await client.get("/api/probe/", headers=wrong)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert (await client.get("/api/probe/mine", headers=right)).status_code == 403
    assert (await client.get("/probe/mine", headers=right)).status_code == 303
    assert (await client.get("/probe/forbidden", headers=right)).status_code == 303
    signed_in = await probed.client_of(token.person_id)
    assert (await signed_in.get("/api/probe/mine")).status_code == 200
    assert (await signed_in.get("/api/probe/mine", headers=wrong)).status_code == 401
    assert (await signed_in.get("/probe/mine", headers=wrong)).status_code == 200


async def test_a_token_needs_no_page_of_ours_and_a_cookie_does(probed: TestSite, token: OneToken) -> None:
    client = probed.client()
    del client.headers["origin"], client.headers["sec-fetch-site"]
    sent = {"words": "何桂芳"}
    right = {"authorization": "Bearer right"}
    assert (await client.post(MADE, json=sent)).status_code == 403
    assert (await client.post(MADE, json=sent, headers=right)).status_code == 200
    assert (await client.post("/probe/keep", data=sent, headers=right)).status_code == 403


async def test_a_token_has_no_more_than_was_handed_on(probed: TestSite, token: OneToken) -> None:
    use_rights(
        Rights((), [Permission(FORBIDDEN, "Read", ("supervisor",)), Permission("probe.x.y", "Y", ("supervisor",))])
    )
    opened = await token.open("right", probed.clock(), address="", request_id="")
    assert opened
    actor = opened[1]
    assert actor.may(FORBIDDEN)
    assert not actor.may("probe.x.y")
    assert not actor.resident
    assert replace(actor, token_id=None, grants=(GrantHeld("supervisor"),)).may("probe.x.y")
