"""Sessions: defence.md B5, idle and longest times, and the clock that jumps (A15)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lianxin.access.models import Grant, Session
from lianxin.access.sessions import (
    FULL,
    SECOND_FACTOR,
    advance_session,
    end_all_sessions,
    end_session,
    find_session,
    forget_sessions,
    list_sessions,
    load_actor,
    open_session,
)
from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from tests.core.access.conftest import ACCEPT, counted_queries, make_area, make_person

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)


async def test_a_stolen_database_holds_no_token(database: Config, now: datetime) -> None:
    person = await make_person(now)
    opened = await open_session(person.id, method="phone", staff=False, now=now)
    rows = await connection().execute_query_dict("SELECT * FROM session")
    assert len(opened.token) >= 43
    assert opened.token not in str(rows)
    assert await find_session(rows[0]["token_hash"], now) is None


async def test_a_resident_is_loaded_with_one_query_and_staff_with_two(database: Config, now: datetime) -> None:
    person = await make_person(now)
    area = await make_area("510821", "/510821/")
    async with unit_of_work():
        for _ in range(3):
            await Grant.create(person=person, role="station_staff", area=area, valid_from=now, created_at=now)
    resident = await open_session(person.id, method="phone", staff=False, now=now)
    staff = await open_session(person.id, method="password", staff=True, now=now)
    with counted_queries() as queries:
        held = await load_actor(resident.token, now)
    assert len(queries) == 1
    assert held is not None
    assert held[1].name == "王小梅"
    assert held[1].grants == ()
    assert not held[1].may(ACCEPT)
    with counted_queries() as queries:
        held = await load_actor(staff.token, now)
    assert len(queries) == 2
    assert held is not None
    assert held[1].may(ACCEPT, area_path="/510821/510821107/")
    assert not held[1].may(ACCEPT, area_path="/510822/")


async def test_grants_count_from_and_until(database: Config, now: datetime) -> None:
    person = await make_person(now)
    async with unit_of_work():
        await Grant.create(
            person=person, role="station_staff", valid_from=now + MINUTE, valid_until=now + 5 * MINUTE, created_at=now
        )
    token = (await open_session(person.id, method="password", staff=True, now=now)).token
    counted = []
    for minutes in (0, 1, 4, 5):
        held = await load_actor(token, now + minutes * MINUTE)
        assert held is not None
        counted.append(held[1].may(ACCEPT))
    assert counted == [False, True, True, False]


async def test_staff_end_after_thirty_idle_minutes_and_twelve_hours(database: Config, now: datetime) -> None:
    person = await make_person(now)
    idle = (await open_session(person.id, method="password", staff=True, now=now)).token
    assert await load_actor(idle, now + 29 * MINUTE) is not None
    assert await load_actor(idle, now + 58 * MINUTE) is not None
    assert await load_actor(idle, now + 89 * MINUTE) is None
    busy = (await open_session(person.id, method="password", staff=True, now=now)).token
    steps = [step for step in range(0, 13 * 60, 10) if await load_actor(busy, now + step * MINUTE) is not None]
    assert steps[-1] == 12 * 60 - 10


async def test_residents_stay_for_thirty_days_after_each_visit(database: Config, now: datetime) -> None:
    person = await make_person(now)
    token = (await open_session(person.id, method="phone", staff=False, now=now)).token
    for day in (29, 58, 87):
        assert await load_actor(token, now + timedelta(days=day)) is not None
    assert await load_actor(token, now + timedelta(days=118)) is None


async def test_a_visit_is_written_down_once_a_minute(database: Config, now: datetime) -> None:
    person = await make_person(now)
    token = (await open_session(person.id, method="phone", staff=False, now=now)).token
    with counted_queries() as queries:
        for seconds in range(0, 181, 5):
            await load_actor(token, now + timedelta(seconds=seconds))
    assert len([each for each in queries if "UPDATE" in each]) == 3


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_clock_that_jumps_ten_minutes_signs_nobody_out(database: Config, now: datetime, minutes: int) -> None:
    person = await make_person(now)
    for staff in (True, False):
        token = (await open_session(person.id, method="password", staff=staff, now=now)).token
        held = await load_actor(token, now + minutes * MINUTE)
        assert held is not None
        assert await load_actor(token, now) is not None


async def _ends_by_sign_out(session_id: UUID, person: Person, now: datetime) -> None:
    await end_session(session_id, now=now)


async def _ends_elsewhere(session_id: UUID, person: Person, now: datetime) -> None:
    await end_all_sessions(person.id, now=now)


async def _ends_by_a_new_sign_in(session_id: UUID, person: Person, now: datetime) -> None:
    await open_session(person.id, method="phone", staff=False, now=now, instead_of=session_id)


async def _ends_by_merging(session_id: UUID, person: Person, now: datetime) -> None:
    other = await make_person(now)
    async with unit_of_work():
        await Person.filter(id=person.id).update(merged_into_id=other.id, merged_at=now)


async def _ends_by_erasing(session_id: UUID, person: Person, now: datetime) -> None:
    async with unit_of_work():
        await Person.filter(id=person.id).update(erased_at=now)


@pytest.mark.parametrize(
    "ends", [_ends_by_sign_out, _ends_elsewhere, _ends_by_a_new_sign_in, _ends_by_merging, _ends_by_erasing]
)
async def test_an_old_token_opens_nothing(database: Config, now: datetime, ends) -> None:  # type: ignore[no-untyped-def]
    person = await make_person(now)
    opened = await open_session(person.id, method="phone", staff=False, now=now)
    assert await load_actor(opened.token, now) is not None
    await ends(opened.id, person, now)
    assert await load_actor(opened.token, now) is None
    assert await find_session(opened.token, now) is None


async def test_each_stage_has_a_new_token_and_one_winner(database: Config, now: datetime) -> None:
    person = await make_person(now)
    first = await open_session(person.id, method="password", staff=True, stage=SECOND_FACTOR, now=now)
    held = await load_actor(first.token, now)
    assert held is not None
    assert held[1].person_id is None
    assert not held[1].may("account.page")
    second = await advance_session(held[0], stage=FULL, now=now)
    assert second is not None
    assert second.token != first.token
    assert await load_actor(first.token, now) is None
    assert await advance_session(held[0], stage=FULL, now=now) is None
    full = await load_actor(second.token, now)
    assert full is not None
    assert full[1].person_id == person.id
    assert full[1].may("account.page")


async def test_a_sign_in_under_way_ends_after_a_quarter_of_an_hour(database: Config, now: datetime) -> None:
    person = await make_person(now)
    token = (await open_session(person.id, method="password", staff=True, stage=SECOND_FACTOR, now=now)).token
    assert await find_session(token, now + 14 * MINUTE) is not None
    assert await load_actor(token, now + 16 * MINUTE) is None


async def test_sessions_are_listed_and_ended_by_their_owner_alone(database: Config, now: datetime) -> None:
    person, other = await make_person(now), await make_person(now)
    here = await open_session(person.id, method="phone", staff=False, now=now, device="Firefox", address="10.0.0.1")
    there = await open_session(person.id, method="phone", staff=False, now=now + MINUTE)
    foreign = await open_session(other.id, method="phone", staff=False, now=now)
    shown = await list_sessions(person.id, here=here.id, now=now)
    assert [(each.id, each.here) for each in shown] == [(here.id, True), (there.id, False)]
    assert "token" not in str(asdict(shown[0]))
    assert not await end_session(foreign.id, person_id=person.id, now=now)
    await end_all_sessions(person.id, but=here.id, now=now)
    assert [each.id for each in await list_sessions(person.id, here=here.id, now=now)] == [here.id]
    assert await load_actor(foreign.token, now) is not None


async def test_what_ran_out_long_ago_is_forgotten(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await open_session(person.id, method="password", staff=True, now=now - timedelta(days=40))
    kept = await open_session(person.id, method="phone", staff=False, now=now)
    await forget_sessions(now)
    assert [row.id for row in await Session.all()] == [kept.id]
