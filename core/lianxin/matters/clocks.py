"""Clocks of a matter: started, paused by whole days, resumed, stopped; and the sweep of those that ran out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from lianxin.access.actor import SYSTEM_ACTOR
from lianxin.calendar.queries import load_calendar
from lianxin.calendar.rules import Calendar, DaySpan, Deadline, deadline, paused_days
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Limit, Refused
from lianxin.i18n import DEFAULT_ZONE
from lianxin.matters.flow import find_flow
from lianxin.matters.info import load_matter
from lianxin.matters.models import Clock, Matter


async def start_clock(matter_id: UUID, kind: str, limit: Limit, *, start: datetime, calendar: Calendar) -> datetime:
    """Begins to count at `start` (which itself does not count). Answers when it is over."""
    due = deadline(start, limit.value, limit.unit, calendar, DEFAULT_ZONE)
    await Clock.create(
        matter_id=matter_id,
        kind=kind,
        started_at=start,
        limit_value=limit.value,
        limit_unit=limit.unit,
        due_at=due.at,
        provisional=due.provisional,
        pauses=[],
    )
    return due.at


async def stop_clocks(matter_id: UUID, kind: str, *, now: datetime) -> None:
    """Ends the clock of this kind, or all ("*")."""
    chosen = Clock.filter(matter_id=matter_id).exclude(state="stopped")
    if kind != "*":
        chosen = chosen.filter(kind=kind)
    await chosen.update(state="stopped", stopped_at=now, paused_from=None)


async def pause_clock(matter_id: UUID, kind: str, *, now: datetime) -> None:
    """Days count no more, from the day on which it is paused."""
    await Clock.filter(matter_id=matter_id, kind=kind, state="running").update(state="paused", paused_from=now)


async def resume_clock(matter_id: UUID, kind: str, *, now: datetime, calendar: Calendar) -> None:
    """The days of the pause are added; the clock is never over before the day on which it resumes has ended."""
    clock = await Clock.get_or_none(matter_id=matter_id, kind=kind, state="paused")
    if clock is None or clock.paused_from is None:
        return
    span = paused_days(clock.paused_from, now, DEFAULT_ZONE)
    pauses = [*clock.pauses, [span.first.isoformat(), span.end.isoformat()]]
    due = _due(clock, pauses, calendar)
    await Clock.filter(id=clock.id).update(
        state="running", paused_from=None, pauses=pauses, due_at=due.at, provisional=due.provisional
    )


def _due(clock: Clock, pauses: list[list[str]], calendar: Calendar) -> Deadline:
    spans = [DaySpan(date.fromisoformat(first), date.fromisoformat(end)) for first, end in pauses]
    unit = clock.limit_unit
    assert unit in ("working_day", "calendar_day", "hour")  # the table's own CHECK
    return deadline(clock.started_at, clock.limit_value, unit, calendar, DEFAULT_ZONE, spans)  # type: ignore[arg-type]


async def set_due(matter_id: UUID) -> None:
    """The matter carries the nearest deadline of its running clocks, so that queues sort without looking at them."""
    nearest = await Clock.filter(matter_id=matter_id, state="running").order_by("due_at", "id").first()
    await Matter.filter(id=matter_id).update(
        due_at=nearest.due_at if nearest else None,
        due_kind=nearest.kind if nearest else "",
        due_provisional=nearest.provisional if nearest else False,
    )


async def sweep_clocks(now: datetime, *, most: int = 500) -> int:
    """Makes the transitions of clocks that ran out, each once, however many sweep. Answers how many it made."""
    rows = (
        await Clock.filter(state="running", due_at__lte=now, fired_at=None)
        .order_by("due_at", "id")
        .limit(most)
        .values("id", "kind", "matter_id", "matter__flow")
    )
    made = 0
    for row in rows:
        flow = find_flow(row["matter__flow"])
        if flow is not None:
            made += await _fire(row["id"], row["matter_id"], flow.overdue.get(row["kind"]), now)
    return made


async def _fire(clock_id: UUID, matter_id: UUID, transition: str | None, now: datetime) -> int:
    from lianxin.matters.advancing import advance

    try:
        async with unit_of_work():
            if not await Clock.filter(id=clock_id, state="running", fired_at=None).update(fired_at=now):
                return 0
            if transition is None:
                return 0
            await advance(await load_matter(matter_id), transition, by=SYSTEM_ACTOR, now=now)
    except Refused:
        # Somebody acted a moment before: her change stopped or moved the clock, and nothing is left to do.
        return 0
    return 1


async def recompute_provisional(now: datetime) -> int:
    """After a year's holidays were entered: deadlines that were guesses are counted again. Answers how many moved."""
    calendar = await load_calendar()
    moved = 0
    for clock in await Clock.filter(provisional=True).exclude(state="stopped"):
        due = _due(clock, clock.pauses, calendar)
        async with unit_of_work():
            await Clock.filter(id=clock.id).update(due_at=due.at, provisional=due.provisional)
            await set_due(clock.matter_id)  # type: ignore[attr-defined]
        moved += due.at != clock.due_at
    return moved
