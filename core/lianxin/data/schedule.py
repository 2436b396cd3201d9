"""Cron expressions of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_LONGEST = timedelta(days=366 * 8)


class BadSchedule(ValueError):
    """The expression is no schedule; the text says which part."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When something comes round. As in cron, two restricted day fields are joined by "or"."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    def due_on(self, local: datetime) -> bool:
        """Whether this local minute is one of them."""
        if local.month not in self.months:
            return False
        by_day = local.day in self.days
        by_weekday = (local.weekday() + 1) % 7 in self.weekdays
        day = by_day and by_weekday if self.any_day or self.any_weekday else by_day or by_weekday
        return day and local.hour in self.hours and local.minute in self.minutes

    def last_before(self, now: datetime, zone: tzinfo) -> datetime | None:
        """The latest due moment at or before `now`, in UTC; None if there was none in eight years."""
        moment = now.astimezone(zone).replace(second=0, microsecond=0)
        earliest = moment - _LONGEST
        while moment > earliest:
            if self.due_on(moment):
                return moment.astimezone(UTC)
            moment = self._earlier(moment)
        return None

    def _earlier(self, moment: datetime) -> datetime:
        """One minute back, or to the end of the day or month before when nothing in between can be due."""
        if moment.month not in self.months:
            return moment.replace(day=1, hour=0, minute=0) - timedelta(minutes=1)
        if moment.hour not in self.hours:
            return moment.replace(minute=0) - timedelta(minutes=1)
        return moment - timedelta(minutes=1)


def parse_schedule(text: str) -> Schedule:
    """Reads "*/5 8-18 * * 1-5". Raises BadSchedule."""
    parts = text.split()
    if len(parts) != len(_RANGES):
        raise BadSchedule(f"{text!r} has {len(parts)} fields instead of 5")
    minutes, hours, days, months, weekdays = (
        _field(part, low, high) for part, (low, high) in zip(parts, _RANGES, strict=True)
    )
    sundays = frozenset(day % 7 for day in weekdays)
    return Schedule(minutes, hours, days, months, sundays, parts[2] == "*", parts[4] == "*")


def _field(text: str, low: int, high: int) -> frozenset[int]:
    chosen: set[int] = set()
    for piece in text.split(","):
        span, _, step = piece.partition("/")
        first, _, last = span.partition("-")
        try:
            begin = low if span == "*" else int(first)
            end = high if span == "*" or (step and not last) else int(last or first)
            every = int(step or "1")
        except ValueError as wrong:
            raise BadSchedule(f"{piece!r} is no field of a schedule") from wrong
        if not (low <= begin <= end <= high) or every < 1:
            raise BadSchedule(f"{piece!r} is not between {low} and {high}")
        chosen |= set(range(begin, end + 1, every))
    return frozenset(chosen)
