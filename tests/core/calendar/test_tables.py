"""Entering and correcting the working days of the county."""

from datetime import date, datetime

import pytest

from lianxin.calendar.actions import DayChanged, YearEntered, enter_year, seed_calendar, set_day
from lianxin.calendar.queries import list_days, list_years, load_calendar
from lianxin.calendar.seed import SeedDay, read_seed
from lianxin.config import Config
from lianxin.declarations import Refused

pytestmark = pytest.mark.anyio


async def test_the_seed_is_entered_once_and_keeps_corrections(database: Config, now: datetime) -> None:
    assert [entered.year for entered in await seed_calendar(now)] == [2024, 2025, 2026]
    assert await load_calendar() == read_seed().calendar()
    await set_day(date(2026, 10, 1), working=True, note="抢收", now=now)
    assert await seed_calendar(now) == []
    assert (await load_calendar()).is_working_day(date(2026, 10, 1))
    assert await list_years() == [2026, 2025, 2024]


async def test_entering_a_year_replaces_it(database: Config, now: datetime) -> None:
    new_year = SeedDay(date(2027, 1, 1), False, "元旦")
    assert await enter_year(2027, [new_year], now=now) == YearEntered(2027, now)
    assert (await load_calendar()).is_known(date(2027, 5, 1))
    assert not (await load_calendar()).is_working_day(date(2027, 1, 1))
    await enter_year(2027, [SeedDay(date(2027, 1, 2), True, "元旦调休上班")], now=now)
    assert [day.day for day in await list_days(2027)] == [date(2027, 1, 2)]


async def test_a_corrected_day_that_is_as_its_weekday_says_needs_no_row(database: Config, now: datetime) -> None:
    wednesday = date(2026, 11, 25)
    assert await set_day(wednesday, working=False, now=now) == DayChanged(wednesday, False, now)
    assert not (await load_calendar()).is_working_day(wednesday)
    await set_day(wednesday, working=True, now=now)
    assert await list_days(2026) == []


async def test_what_is_no_year(database: Config, now: datetime) -> None:
    day = SeedDay(date(2027, 1, 1), False, "元旦")
    for year, days, code in ((1999, [], "calendar.year"), (2028, [day], "other_year"), (2027, [day, day], "twice")):
        with pytest.raises(Refused, match=code) as refused:
            await enter_year(year, days, now=now)
        assert refused.value.status == 422
    assert await list_years() == []
