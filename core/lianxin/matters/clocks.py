"""Clocks of a matter: started, paused by whole days, resumed, stopped."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from lianxin.calendar.rules import Calendar, DaySpan, Deadline, deadline, paused_days
from lianxin.declarations import Limit
from lianxin.i18n import DEFAULT_ZONE
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
    due = due_of(clock, pauses, calendar)
    await Clock.filter(id=clock.id).update(
        state="running", paused_from=None, pauses=pauses, due_at=due.at, provisional=due.provisional
    )


async def extend_clock(matter_id: UUID, kind: str, more: int, *, calendar: Calendar) -> datetime | None:
    """Adds to the limit of a clock that was not stopped; its start and its pauses stay. Answers when it is over."""
    clock = await Clock.filter(matter_id=matter_id, kind=kind).exclude(state="stopped").first()
    if clock is None:
        return None
    clock.limit_value += more
    due = due_of(clock, clock.pauses, calendar)
    # A longer clock may run out once more, so what it did when it first ran out is forgotten.
    await Clock.filter(id=clock.id).update(
        limit_value=clock.limit_value, due_at=due.at, provisional=due.provisional, fired_at=None
    )
    return due.at


async def running_due(matter_id: UUID, kind: str) -> datetime | None:
    """When a running clock of this kind is over."""
    clock = await Clock.filter(matter_id=matter_id, kind=kind, state="running").first()
    return clock.due_at if clock is not None else None


def due_of(clock: Clock, pauses: list[list[str]], calendar: Calendar) -> Deadline:
    """When a clock is over, the days of its pauses added."""
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
