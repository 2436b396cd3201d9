"""A day at the counter: taken, called, served, not there, handed on, over."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from lianxin.api import PersonRow, Refused, connection, open_matter, unit_of_work
from lianxin.testing.site import TestSite
from lianxin_counter.actions import calling, ending, seating, taking
from lianxin_counter.actions.taking import Wanted
from lianxin_counter.models import Counter, Day, Made, Slip
from lianxin_counter.queries import slips
from lianxin_counter.states import CALLED, DONE, LEFT, MISSED, WAITING
from tests.plugins.counter.conftest import Station

pytestmark = pytest.mark.anyio


async def take(station: Station, *wanted: Wanted) -> list[Slip]:
    """One slip each, a minute apart."""
    now = station.site.clock()
    return [
        await taking.take(station.area.id, each, day=station.day, now=now + timedelta(minutes=at))
        for at, each in enumerate(wanted)
    ]


async def call(station: Station, counter: int = 0) -> Slip:
    """The next one, to one of the two."""
    at = station.counters[counter], station.clerks[counter]
    called = await calling.call_next(at[0], by=at[1], day=station.day, now=station.site.clock())
    return await Slip.get(id=called)


async def test_ten_at_once_get_ten_numbers(station: Station) -> None:
    now = station.site.clock()
    taken = await asyncio.gather(*(taking.take(station.area.id, Wanted(), day=station.day, now=now) for _ in range(10)))
    assert sorted(slip.number for slip in taken) == list(range(1, 11))
    assert len({slip.code for slip in taken}) == 10
    (first,) = await take(station, Wanted("aged"))
    assert (first.kind, first.number) == ("P", 1)


async def test_two_clerks_who_press_at_once_call_two_people(station: Station) -> None:
    await take(station, Wanted(), Wanted(), Wanted())
    called = await asyncio.gather(call(station, 0), call(station, 1))
    assert {slip.number for slip in called} == {1, 2}
    with pytest.raises(Refused, match="A001|A002"):
        await call(station, 0)
    assert await Slip.filter(state=CALLED).count() == 2


async def test_served_in_turn_and_forgotten_when_done(station: Station) -> None:
    now, clerk = station.site.clock(), station.clerks[0]
    await take(station, Wanted(), Wanted("aged", "岳桂珍", "高龄津贴"), Wanted("child"), Wanted("pregnant"))
    order = []
    for _ in range(4):
        slip = await call(station)
        order.append(f"{slip.kind}{slip.number}")
        assert slips.shown(slip).name in ("", "岳*珍")
        await calling.begin(slip, by=clerk, now=now)
        await calling.finish(slip, by=clerk, now=now)
    assert order == ["P1", "P2", "A1", "P3"]
    rows = await connection().execute_query_dict("SELECT * FROM counter_slip")
    assert "高龄津贴" not in str(rows)
    assert {row["state"] for row in rows} == {DONE}
    assert all(row["name"] is None for row in rows)


async def test_who_was_not_there_is_kept_back_and_called_again(station: Station) -> None:
    now, clerk = station.site.clock(), station.clerks[0]
    await take(station, Wanted(), Wanted())
    slip = await call(station)
    await calling.call_again(slip, by=clerk, now=now)
    await calling.miss(slip, by=clerk, now=now)
    assert (await Slip.get(id=slip.id)).state == MISSED
    other = await call(station)
    assert other.number == 2
    with pytest.raises(Refused):
        await calling.recall(slip, station.counters[0], by=clerk, now=now)
    await calling.finish(other, by=clerk, now=now)
    await calling.recall(slip, station.counters[0], by=clerk, now=now)
    again = await Slip.get(id=slip.id)
    assert (again.state, again.calls) == (CALLED, 3)


async def test_handed_on_it_is_called_there_first(station: Station) -> None:
    now, (one, two) = station.site.clock(), station.clerks
    await take(station, Wanted(), Wanted("aged"), Wanted("aged"))
    slip = await call(station)
    with pytest.raises(Refused):
        await calling.hand_on(slip, station.counters[0], by=one, now=now)
    with pytest.raises(Refused):
        await calling.hand_on(slip, station.counters[1], by=two, now=now)
    await calling.hand_on(slip, station.counters[1], by=one, now=now)
    assert (await call(station, 0)).id != slip.id
    assert (await call(station, 1)).id == slip.id


async def test_a_slip_is_given_back_only_while_it_waits(station: Station) -> None:
    now = station.site.clock()
    first, second = await take(station, Wanted(), Wanted())
    await taking.leave(first.id, now=now)
    assert (await call(station)).id == second.id
    for slip in (first, second):
        with pytest.raises(Refused):
            await taking.leave(slip.id, now=now)


async def test_too_many_are_sent_to_the_desk_and_take_no_number(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin_counter.actions.taking.get_settings", _few)
    await take(station, Wanted(), Wanted())
    with pytest.raises(Refused) as refused:
        await take(station, Wanted())
    assert refused.value.code == "counter.full"
    assert (await Day.get()).ordinary == 2


async def _few(_: type) -> object:
    return type("Few", (), {"most_waiting": 2})()


async def test_the_day_ends_for_everybody(station: Station) -> None:
    now, clerk = station.site.clock(), station.clerks[0]
    await take(station, Wanted(), Wanted(), Wanted(), Wanted(name="周桂华"))
    served, missed = await call(station), None
    await calling.begin(served, by=clerk, now=now)
    missed = await call(station, 1)
    await calling.miss(missed, by=station.clerks[1], now=now)
    tonight = now + timedelta(hours=10)
    (late,) = [await taking.take(station.area.id, Wanted(), day=station.day, now=tonight + timedelta(minutes=1))]
    for _ in range(2):
        await ending.end_day(tonight)
    states = {row.number: row.state for row in await Slip.all()}
    assert states == {served.number: DONE, missed.number: LEFT, 3: LEFT, 4: LEFT, late.number: WAITING}
    assert await Slip.exclude(name=None).count() == 0
    assert await Counter.exclude(clerk_id=None).count() == 0


async def test_a_seat_is_for_one_and_one_has_one_seat(station: Station) -> None:
    now, (one, two) = station.site.clock(), station.clerks
    first, second = station.counters
    await take(station, Wanted())
    slip = await call(station)
    with pytest.raises(Refused):
        await seating.sit_down(second.id, by=one, now=now)
    with pytest.raises(Refused, match="何"):
        await seating.sit_down(first.id, by=two, now=now)
    with pytest.raises(Refused):
        await seating.get_up(by=one)
    await calling.finish(slip, by=one, now=now)
    await seating.sit_down(first.id, by=two, now=now)
    assert {row.number: row.clerk_id for row in await Counter.all()} == {1: two.person_id, 2: None}


async def test_what_is_opened_while_serving_belongs_to_the_number(station: Station, site: TestSite) -> None:
    now, (one, two) = site.clock(), station.clerks
    await take(station, Wanted())
    slip = await call(station)
    made = [await opened(station, by) for by in (one, two)]
    assert [row.matter_id for row in await Made.filter(slip_id=slip.id)] == [made[0]]
    await calling.finish(slip, by=one, now=now)
    await opened(station, one)
    assert await Made.all().count() == 1
    assert [each.code for each in await slips.made_during(slip.id, one)] != []


async def opened(station: Station, by: object) -> UUID:
    """A matter of another plugin."""
    person = await PersonRow.filter(home_area_id=station.area.id).first()
    assert person
    async with unit_of_work():
        matter, _ = await open_matter(
            "eservices.case",
            title="养老保险参保登记",
            area_id=station.area.id,
            applicant_id=person.id,
            by=by,  # type: ignore[arg-type]
            now=station.site.clock(),
        )
    return matter.id
