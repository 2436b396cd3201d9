"""What the tables refuse by themselves, on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tortoise.exceptions import IntegrityError

from lianxin_counter.models import Counter, Day, Made, Slip
from tests.plugins.counter.conftest import Station

pytestmark = pytest.mark.anyio


def slip_values(station: Station, number: int = 1) -> dict[str, Any]:
    """A row that the table takes."""
    now = station.site.clock()
    return {"area_id": station.area.id, "day": station.day, "kind": "A", "number": number, "code": f"c{number}",
            "taken_at": now}  # fmt: skip


async def test_a_slip_that_breaks_a_promise_is_not_kept(station: Station) -> None:
    values, now = slip_values(station), station.site.clock()
    at_work = {"clerk_id": station.clerks[0].person_id, "counter_id": station.counters[0].id}
    breaks: dict[str, dict[str, Any]] = {
        "counter_slip_kind": {"kind": "P"},
        "counter_slip_state": {"state": "lost"},
        "counter_slip_served": {"state": "called"},
        "counter_slip_free": at_work,
        "counter_slip_ended": {"state": "done"},
        "counter_slip_forgotten": {"state": "left", "ended_at": now, "about": "养老"},
    }
    assert set(breaks) == {guard.name for guard in Slip.guards if type(guard).__name__ == "Check"}
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=name):
            await Slip.create(**{**values, **change})


async def test_a_number_a_code_a_clerk_and_a_counter_once(station: Station) -> None:
    values = slip_values(station)
    (one, two), (first, second) = station.clerks, station.counters
    await Slip.create(**values, state="called", clerk_id=one.person_id, counter_id=first.id)
    for change in (
        {"code": "other"},
        {"number": 2, "code": "c1"},
        {"number": 2, "code": "c2", "state": "serving", "clerk_id": one.person_id, "counter_id": second.id},
        {"number": 2, "code": "c2", "state": "serving", "clerk_id": two.person_id, "counter_id": first.id},
    ):
        with pytest.raises(IntegrityError):
            await Slip.create(**{**values, **change})
    next_day = {**values, "code": "c3", "day": station.day + timedelta(days=1)}
    await Slip.create(**next_day)


async def test_a_counter_and_a_day_that_break_a_promise_are_not_kept(station: Station) -> None:
    now, area = station.site.clock(), station.area.id
    with pytest.raises(IntegrityError):
        await Counter.create(area_id=area, number=1, created_at=now)
    with pytest.raises(IntegrityError):
        await Counter.filter(number=2).update(clerk_id=station.clerks[0].person_id)
    for name, change in {
        "counter_counter_numbered": {"number": 100},
        "counter_counter_seated": {"number": 3, "seated_at": now},
    }.items():
        with pytest.raises(IntegrityError, match=name):
            await Counter.create(**{"area_id": area, "created_at": now, **change})
    await Day.create(area_id=area, day=station.day)
    with pytest.raises(IntegrityError):
        await Day.create(area_id=area, day=station.day)
    with pytest.raises(IntegrityError, match="counter_day_counts"):
        await Day.filter(area_id=area).update(streak=-1)


async def test_what_was_made_names_a_matter_that_is_there(station: Station) -> None:
    slip = await Slip.create(**slip_values(station))
    with pytest.raises(IntegrityError):
        await Made.create(slip_id=slip.id, matter_id=uuid4(), at=station.site.clock())
