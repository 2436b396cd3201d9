"""Grants are given by security administrators, never to oneself; held forms go back to whom they belong."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lianxin.access.actor import SYSTEM_ACTOR, Actor, GrantHeld
from lianxin.access.grants import end_grant, give_grant, list_grants
from lianxin.access.held import HeldForm, forget_held, hold_request, take_held
from lianxin.access.models import HeldRequest
from lianxin.access.sessions import load_grants
from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.declarations import Refused
from tests.core.access.conftest import make_area, make_person

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


def administrator(person_id: UUID, role: str = "security_admin", *, staff: bool = True) -> Actor:
    """Somebody with one role."""
    return Actor(person_id=person_id, staff=staff, grants=(GrantHeld(role),))


async def test_a_grant_counts_until_it_is_ended(database: Config, now: datetime) -> None:
    person, admin = await make_person(now), await make_person(now)
    area = await make_area("510821", "/510821/")
    by = administrator(admin.id)
    grant_id = await give_grant(person.id, "station_staff", area_id=area.id, by=by, now=now)
    assert await load_grants(person.id, now) == (GrantHeld("station_staff", area.id, "/510821/", None),)
    shown = await list_grants(now, person_id=person.id)
    assert [(each.id, each.given_by_id, each.counts) for each in shown] == [(grant_id, admin.id, True)]
    assert await end_grant(grant_id, by=by, now=now + DAY)
    assert not await end_grant(grant_id, by=by, now=now + DAY)
    assert await load_grants(person.id, now + DAY) == ()
    assert await list_grants(now + DAY, role="station_staff") == []
    assert len(await list_grants(now + DAY, role="station_staff", ended=True)) == 1


async def test_a_grant_that_has_not_begun_can_be_ended(database: Config, now: datetime) -> None:
    person = await make_person(now)
    grant_id = await give_grant(person.id, "auditor", valid_from=now + DAY, by=SYSTEM_ACTOR, now=now)
    assert await end_grant(grant_id, by=SYSTEM_ACTOR, now=now)
    assert await load_grants(person.id, now + DAY) == ()


async def test_who_may_not(database: Config, now: datetime) -> None:
    person, admin = await make_person(now), await make_person(now)
    given = await give_grant(admin.id, "security_admin", by=SYSTEM_ACTOR, now=now)
    for by in (
        Actor(),
        Actor(person_id=admin.id),
        administrator(admin.id, "system_admin"),
        administrator(admin.id, staff=False),
    ):
        with pytest.raises(Refused, match=r"access\.may_not_grant"):
            await give_grant(person.id, "auditor", by=by, now=now)
        with pytest.raises(Refused, match=r"access\.may_not_grant"):
            await end_grant(given, by=by, now=now)
    with pytest.raises(Refused, match=r"access\.own_grant"):
        await give_grant(admin.id, "system_admin", by=administrator(admin.id), now=now)
    with pytest.raises(Refused, match=r"access\.own_grant"):
        await end_grant(given, by=administrator(admin.id), now=now)
    assert len(await list_grants(now)) == 1


async def test_what_is_no_grant(database: Config, now: datetime) -> None:
    person = await make_person(now)
    for role in ("resident", "emperor"):
        with pytest.raises(Refused, match=r"access\.no_role"):
            await give_grant(person.id, role, by=SYSTEM_ACTOR, now=now)
    with pytest.raises(Refused, match=r"access\.grant_span"):
        await give_grant(person.id, "auditor", valid_until=now, by=SYSTEM_ACTOR, now=now)
    with pytest.raises(Refused, match=r"access\.no_grant"):
        await end_grant(person.id, by=SYSTEM_ACTOR, now=now)


async def test_a_held_form_goes_to_the_same_person_on_the_same_browser_once(database: Config, now: datetime) -> None:
    person, other = await make_person(now), await make_person(now)
    body = "remark=低保申请 王<b>"
    await hold_request(person.id, "browser", path="/a", body="older", now=now)
    await hold_request(person.id, "browser", path="/eservices/x/apply", body=body, now=now)
    assert body not in str(await connection().execute_query_dict("SELECT * FROM held_request"))
    assert await take_held(other.id, "browser", now=now) is None
    assert await take_held(person.id, "another", now=now) is None
    assert await take_held(person.id, "browser", now=now + timedelta(minutes=30)) is None
    late = now + timedelta(minutes=29)
    assert await take_held(person.id, "browser", now=late) == HeldForm("/eservices/x/apply", body)
    assert await take_held(person.id, "browser", now=late) is None


async def test_what_nobody_came_back_for_is_forgotten(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await hold_request(person.id, "browser", path="/a", body="b", now=now)
    await forget_held(now + timedelta(minutes=29))
    assert await HeldRequest.all().count() == 1
    await forget_held(now + timedelta(minutes=31))
    assert await HeldRequest.all().count() == 0
