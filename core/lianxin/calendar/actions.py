"""Entering and correcting working days. Deadlines are computed again by whoever hears the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lianxin.calendar.models import CalendarDay, CalendarYear
from lianxin.calendar.seed import SeedDay, read_seed
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import N_

_SATURDAY: Final = 5
YEARS: Final = range(2000, 2201)


@dataclass(frozen=True, slots=True)
class YearEntered:
    """A year's holidays are known now: deadlines that were provisional because of it can be computed for good."""

    year: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DayChanged:
    """One day is worked, or is not, other than before: deadlines that span it may have moved."""

    day: date
    working: bool
    at: datetime


async def seed_calendar(now: datetime) -> list[YearEntered]:
    """Enters the years that the project brings, except those that are there already."""
    seed = read_seed()
    async with unit_of_work():
        known = set(await CalendarYear.all().values_list("year", flat=True))
        return [
            await enter_year(year, [day for day in seed.days if day.day.year == year], now=now)
            for year in sorted(seed.years - known)
        ]


async def enter_year(year: int, days: Iterable[SeedDay], *, now: datetime) -> YearEntered:
    """Replaces what is known of a year. The caller publishes the event.

    Raises Refused (422) for a year out of range, or a day twice or of another year.
    """
    entered = list(days)
    if year not in YEARS:
        raise Refused("calendar.year", N_("Choose a year from 2000 to 2200."), status=422, field="year")
    _check(year, entered)
    async with unit_of_work():
        await CalendarDay.filter(day__gte=date(year, 1, 1), day__lte=date(year, 12, 31)).delete()
        await CalendarDay.bulk_create(
            [CalendarDay(day=entry.day, working=entry.working, note=entry.note) for entry in entered]
        )
        if not await CalendarYear.filter(year=year).update(entered_at=now):
            await CalendarYear.create(year=year, entered_at=now)
    return YearEntered(year, now)


def _check(year: int, days: list[SeedDay]) -> None:
    for place, entry in enumerate(days):
        if entry.day.year != year:
            raise Refused(
                "calendar.other_year",
                N_("%(day)s is not in %(year)s. Enter it with its own year."),
                status=422,
                field="days",
                day=entry.day,
                year=year,
            )
        if any(entry.day == other.day for other in days[:place]):
            raise Refused("calendar.twice", N_("%(day)s is there twice."), status=422, field="days", day=entry.day)


async def set_day(day: date, *, working: bool, note: str = "", now: datetime) -> DayChanged:
    """Corrects one day; a day that is again what its weekday says needs no row. The caller publishes the event."""
    async with unit_of_work():
        await CalendarDay.filter(day=day).delete()
        if note or working != (day.weekday() < _SATURDAY):
            await CalendarDay.create(day=day, working=working, note=note)
    return DayChanged(day, working, now)
