"""Clocks that ran out, and deadlines that were guesses until a year's holidays were entered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from lianxin.access.actor import SYSTEM_ACTOR
from lianxin.calendar.actions import YearEntered
from lianxin.calendar.queries import load_calendar
from lianxin.calendar.rules import Calendar
from lianxin.data.unit import unit_of_work
from lianxin.declarations import After, Refused
from lianxin.matters.advancing import TAKEN, advance
from lianxin.matters.clocks import due_of, set_due
from lianxin.matters.flow import all_flows, get_flow
from lianxin.matters.info import load_matter
from lianxin.matters.models import Clock, Matter

_log = structlog.get_logger("lianxin.matters")


async def sweep_clocks(now: datetime, *, most: int = 500) -> int:
    """Makes the transitions of clocks that ran out, each once, however many sweep. Answers how many it made.

    A clock whose transition fails is logged and tried again by the next sweep; it stops no other.
    """
    rows = (
        await Clock.filter(
            state="running", due_at__lte=now, fired_at=None, matter__flow__in=[each.name for each in all_flows()]
        )
        .order_by("due_at", "id")
        .limit(most)
        .values("id", "kind", "matter_id", "matter__flow")
    )
    return sum([await _fire(row, now) for row in rows])


async def _fire(row: dict[str, Any], now: datetime) -> int:
    transition = get_flow(row["matter__flow"]).overdue.get(row["kind"])
    try:
        async with unit_of_work():
            if not await _take_clock(row["id"], row["matter_id"], now):
                return 0
            if transition is not None:
                await advance(await load_matter(row["matter_id"]), transition, by=SYSTEM_ACTOR, now=now)
    except Refused as refused:
        # Somebody acted a moment before: the next sweep looks again. Any other no stays a no, so the clock is only red.
        if refused.code != TAKEN:
            async with unit_of_work():
                await _take_clock(row["id"], row["matter_id"], now)
        return 0
    except Exception:
        _log.exception("clock_failed", clock=str(row["id"]), matter=str(row["matter_id"]), transition=transition)
        return 0
    return transition is not None


async def _take_clock(clock_id: UUID, matter_id: UUID, now: datetime) -> bool:
    """True for the one sweep that may act on this clock."""
    await _lock(matter_id)
    return bool(await Clock.filter(id=clock_id, state="running", due_at__lte=now, fired_at=None).update(fired_at=now))


async def _lock(matter_id: UUID) -> None:
    """The matter first and its clocks after it, as every transition does: else two could wait for each other."""
    # Rows, not values: Tortoise 1.1.9 drops FOR UPDATE from values() and values_list() without a word.
    await Matter.filter(id=matter_id).select_for_update().only("id")


async def recompute_provisional(now: datetime) -> int:
    """After a year's holidays were entered: deadlines that were guesses are counted again. Answers how many moved."""
    calendar = await load_calendar()
    guessed = await Clock.filter(provisional=True).exclude(state="stopped").values_list("id", "matter_id")
    return sum([await _recompute(clock_id, matter_id, calendar) for clock_id, matter_id in guessed])


async def _recompute(clock_id: UUID, matter_id: UUID, calendar: Calendar) -> bool:
    async with unit_of_work():
        await _lock(matter_id)
        clock = await Clock.get(id=clock_id)
        due = due_of(clock, clock.pauses, calendar)
        await Clock.filter(id=clock_id).exclude(state="stopped").update(due_at=due.at, provisional=due.provisional)
        await set_due(matter_id)
    return due.at != clock.due_at


async def _recount(told: YearEntered) -> None:
    await recompute_provisional(told.at)


RECOUNT = After(YearEntered, _recount, durable=True)
"""The kernel's listener: whoever enters a year says so by `events.happened(YearEntered)`."""
