"""Tokens: never more than their owner may, shown once, ended by her, by who oversees them, and with her rights."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import Actor, CredentialRow, GrantHeld, PersonRow, end_grant, list_grants, unit_of_work
from lianxin.testing.site import SiteClient, TestSite
from lianxin_exchange.models import Token
from lianxin_exchange.rules.tokens import handed_on, hash_token, is_living

pytestmark = pytest.mark.anyio
READ, HANDLE = "eservices.case.read", "eservices.case.handle"
FORM = {"name": "民政业务系统", "permissions": [READ], "days": "90"}
CASES = "/api/eservices/cases"


async def made(site: TestSite, person_id: UUID, **changes: Any) -> str:
    """A token as the page shows it."""
    client = await site.client_of(person_id, staff=True)
    answer = await client.submit("/exchange/tokens", {**FORM, **changes}, page="/exchange/tokens")
    assert answer.status_code == 200, answer.text
    found = re.search(r"lxt_[\w-]{43}", answer.text)
    assert found
    return found[0]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def status(site: TestSite, token: str, path: str = CASES) -> int:
    return int((await site.client().get(path, headers=bearer(token))).status_code)


async def test_a_program_sees_the_queue_of_its_owner_and_no_more(site: TestSite, clerk: UUID) -> None:
    token = await made(site, clerk)
    assert await status(site, token) == 200
    assert await status(site, token, "/api/eservices/mine") == 403, "what is hers as a resident is not handed on"
    assert await status(site, token, "/exchange/tokens") == 303, "no page takes it"
    assert await status(site, token, "/desk/") == 303
    assert await status(site, token + "x") == 401
    row = await Token.get()
    assert (row.token_hash, row.used_at is not None) == (hash_token(token), True)
    other = await made(site, clerk, permissions=[HANDLE])
    assert await status(site, other) == 403, "she may see the queue, this program may not"


async def test_it_is_shown_once(site: TestSite, clerk: UUID) -> None:
    client = await site.client_of(clerk, staff=True)
    key = re.search(r'name="_key" value="([^"]+)"', (await client.get("/exchange/tokens")).text)
    assert key
    first = await client.post("/exchange/tokens", data={**FORM, "_key": key[1]})
    again = await client.post("/exchange/tokens", data={**FORM, "_key": key[1]})
    assert (first.status_code, again.status_code) == (200, 303)
    assert "lxt_" in first.text
    assert first.headers["cache-control"] == "no-store"
    assert "lxt_" not in (await client.get("/exchange/tokens")).text
    assert await Token.all().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"permissions": ["eservices.case.decide"]},
        {"permissions": ["exchange.token.make"]},
        {"permissions": []},
        {"days": "3650"},
        {"days": "soon"},
        {"name": "  "},
    ],
)
async def test_what_she_does_not_hold_she_can_not_hand_on(site: TestSite, clerk: UUID, wrong: dict[str, Any]) -> None:
    client = await site.client_of(clerk, staff=True)
    answer = await client.submit("/exchange/tokens", {**FORM, **wrong}, page="/exchange/tokens")
    assert answer.status_code == 422
    assert await Token.all().count() == 0


async def test_only_a_staff_session_makes_one(site: TestSite, clerk: UUID) -> None:
    as_resident = await site.client_of(clerk)
    assert (await as_resident.get("/exchange/tokens")).status_code == 403
    assert (await as_resident.post("/exchange/tokens", data=FORM)).status_code == 403


async def test_it_ends_with_the_right_behind_it(site: TestSite, clerk: UUID) -> None:
    token, now = await made(site, clerk), site.clock()
    for grant in await list_grants(now, person_id=clerk):
        await end_grant(grant.id, by=Actor(system=True), now=now)
    assert await status(site, token) == 401


async def test_it_ends_when_she_is_shut_out_and_when_it_runs_out(site: TestSite, clerk: UUID) -> None:
    token, now = await made(site, clerk), site.clock()
    async with unit_of_work():
        row = await CredentialRow.create(person_id=clerk, method="password", identifier="x", created_at=now)
    assert await status(site, token) == 200
    async with unit_of_work():
        await CredentialRow.filter(id=row.id).update(ended_at=now)
    assert await status(site, token) == 401
    async with unit_of_work():
        await CredentialRow.filter(id=row.id).update(ended_at=None)
    site.clock.forward(days=89)
    assert await status(site, token) == 200
    site.clock.forward(days=1, seconds=1)
    assert await status(site, token) == 401


async def _colleague(site: TestSite, role: str, *, but: UUID | None = None) -> SiteClient:
    grants = [each for each in await list_grants(site.clock(), role=role) if each.person_id != but]
    return await site.client_of(grants[0].person_id, staff=True)


async def test_she_ends_her_own_and_nobody_elses(site: TestSite, clerk: UUID) -> None:
    token = await made(site, clerk)
    row = await Token.get()
    end = f"/exchange/tokens/{row.id}/end"
    assert (await (await _colleague(site, "department_officer", but=clerk)).post(end)).status_code == 404
    assert await status(site, token) == 200
    assert (await (await site.client_of(clerk, staff=True)).post(end)).status_code == 303
    assert await status(site, token) == 401


async def test_who_oversees_them_sees_and_ends_all(site: TestSite, clerk: UUID) -> None:
    token = await made(site, clerk)
    security = await _colleague(site, "security_admin")
    shown = (await security.get("/exchange/tokens/all")).text
    assert FORM["name"] in shown
    assert token not in shown
    row = await Token.get()
    assert (await security.post(f"/exchange/tokens/all/{row.id}/end")).status_code == 303
    assert await status(site, token) == 401
    assert (await security.get("/exchange/tokens")).status_code == 403
    assert (await (await site.client_of(clerk, staff=True)).get("/exchange/tokens/all")).status_code == 403


async def test_a_row_that_breaks_a_promise_is_not_kept(site: TestSite, clerk: UUID) -> None:
    now = site.clock()
    whole: dict[str, Any] = {
        "token_hash": "a" * 64,
        "person_id": clerk,
        "name": "x",
        "permissions": [],
        "created_at": now,
        "expires_at": now + timedelta(days=1),
    }
    breaks: dict[str, dict[str, Any]] = {
        "exchange_token_hashed": {"token_hash": "lxt_itself"},
        "exchange_token_named": {"name": ""},
        "exchange_token_ends": {"expires_at": now},
        "exchange_token_ended": {"ended_at": now},
    }
    declared = {guard.name for guard in Token.guards if type(guard).__name__ == "Check"}
    assert declared == set(breaks)
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=name):
            await Token.create(**{**whole, **change})
    await Token.create(**whole)
    with pytest.raises(IntegrityError, match="exchange_token_hash|exchange_token.token_hash"):
        await Token.create(**whole)
    with pytest.raises(IntegrityError):
        await PersonRow.filter(id=clerk).delete()


async def test_of_each_grant_only_what_was_named_is_handed_on(site: TestSite) -> None:
    grants = (GrantHeld("station_staff"), GrantHeld("system_admin"))
    (left,) = handed_on(grants, {READ, "exchange.token.make", "eservices.case.decide"})
    assert (left.role, left.holds(READ), left.holds(HANDLE)) == ("station_staff", True, False)
    assert not left.holds("eservices.case.decide"), "the role does not hold it"
    assert handed_on(grants, ()) == ()
    now = site.clock()
    assert is_living(None, now + timedelta(seconds=1), now)
    assert not is_living(None, now, now)
