"""The county's calendar as the tables have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.calendar.models import CalendarDay, CalendarYear
from lianxin.calendar.rules import Calendar


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day that is not what its weekday says."""

    day: date
    working: bool
    note: str


async def load_calendar() -> Calendar:
    """All that deadlines need, in two queries: some thirty rows a year."""
    days = await CalendarDay.all().values_list("day", "working")
    return Calendar({day: bool(working) for day, working in days}, frozenset(await list_years()))


async def list_days(year: int) -> list[DayShown]:
    """The days of one year, in order."""
    rows = await CalendarDay.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).order_by("day")
    return [DayShown(row.day, row.working, row.note) for row in rows]


async def list_years() -> list[int]:
    """The years whose holidays have been entered, the latest first."""
    return [row.year for row in await CalendarYear.all().order_by("-year")]
