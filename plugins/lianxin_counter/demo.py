"""A morning at the counters of Puziling: numbers taken, called, served, some of whom nobody came."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lianxin.api import Actor, AreaInfo, MatterRow, find_area, list_grants
from lianxin_counter.actions import calling, seating, taking
from lianxin_counter.actions.taking import Wanted
from lianxin_counter.models import Counter, Made, Slip

SEED: Final = 107001
STATION: Final = "510821107001"
ZONE: Final = ZoneInfo("Asia/Shanghai")
COUNTERS: Final = 3
SERVED: Final = 14
STILL: Final = (
    Wanted(),
    Wanted("aged", "岳桂珍", "高龄津贴年审"),
    Wanted(),
    Wanted(about="养老保险补缴"),
    Wanted("child"),
    Wanted(),
    Wanted(about="社保卡丢了"),
    Wanted("disabled", about="残疾人两项补贴"),
    Wanted(),
)
"""Who still waits."""


async def fill_demo(now: datetime) -> None:
    """Two clerks at three counters, fourteen served, two not there, nine who wait. Nothing without the station."""
    area = await find_area(STATION)
    grants = await list_grants(now, role="station_staff")
    clerks = [Actor(person_id=each.person_id, staff=True) for each in grants if area and each.area_id == area.id][:2]
    if area is None or len(clerks) < 2:
        return
    counters = [await seating.add_counter(area.id, by=clerks[0], now=now - timedelta(days=30)) for _ in range(COUNTERS)]
    start = now - timedelta(minutes=170)
    for clerk, counter in zip(clerks, counters, strict=False):
        # Seats taken before midnight are free again: in a demo of the small hours they sat down after it.
        await seating.sit_down(counter.id, by=clerk, now=max(start, _midnight(now)))
    await _morning(area, clerks, counters, start)
    for number, wanted in enumerate(STILL):
        await taking.take(area.id, wanted, day=_day(now), now=now - timedelta(minutes=24 - 2.5 * number))
    held = await calling.call_next(counters[1], by=clerks[1], day=_day(now), now=now - timedelta(minutes=6))
    if held is not None:
        await calling.begin(await Slip.get(id=held), by=clerks[1], now=now - timedelta(minutes=5))


def _day(now: datetime) -> date:
    return now.astimezone(ZONE).date()


def _midnight(now: datetime) -> datetime:
    return datetime.combine(_day(now), time.min, ZONE)


async def _morning(area: AreaInfo, clerks: list[Actor], counters: list[Counter], start: datetime) -> None:
    """Each comes a few minutes after the other, waits, and is served; every seventh does not come when called."""
    chance = random.Random(SEED)  # noqa: S311 (lifelike, not secret)
    matters = await _matters(area.id)
    day = _day(start + timedelta(minutes=170))
    for number in range(SERVED):
        wanted = Wanted("aged") if number % 4 == 2 else Wanted()
        at = start + timedelta(minutes=9.5 * number)
        await taking.take(area.id, wanted, day=day, now=at)
        turn = number % len(clerks)
        called = at + timedelta(minutes=chance.uniform(2, 13))
        slip_id = await calling.call_next(counters[turn], by=clerks[turn], day=day, now=called)
        if slip_id is None:
            continue
        await _serve(await Slip.get(id=slip_id), clerks[turn], called, matters, missed=number % 7 == 5)


async def _matters(area_id: UUID) -> Iterator[UUID]:
    """Some that were made in this place, newest first, to have come of a number."""
    return iter([row["id"] for row in await MatterRow.filter(area_id=area_id).order_by("-created_at").values("id")])


async def _serve(slip: Slip, clerk: Actor, called: datetime, matters: Iterator[UUID], *, missed: bool) -> None:
    if missed:
        await calling.miss(slip, by=clerk, now=called + timedelta(minutes=2))
        return
    await calling.begin(slip, by=clerk, now=called + timedelta(minutes=1))
    matter = next(matters, None)
    if matter is not None and slip.number % 2:
        await Made.create(slip_id=slip.id, matter_id=matter, at=called + timedelta(minutes=5))
    await calling.finish(slip, by=clerk, now=called + timedelta(minutes=7))
