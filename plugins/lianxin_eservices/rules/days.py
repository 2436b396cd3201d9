"""Days as people say them: what ends at midnight ends on the day before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

COUNTY_ZONE: Final = ZoneInfo("Asia/Shanghai")


def last_day(due: datetime) -> date:
    """The day at the end of which time is up."""
    return (due - timedelta(microseconds=1)).astimezone(COUNTY_ZONE).date()


def end_of_next_working_day(now: datetime, is_working_day: Callable[[date], bool]) -> datetime:
    """The end of the first working day after today: what is due before it must be looked at today.

    Raises ValueError when there is none within a year: such a calendar is wrong.
    """
    today = now.astimezone(COUNTY_ZONE).date()
    for days in range(1, 367):
        if is_working_day(today + timedelta(days=days)):
            return datetime.combine(today + timedelta(days=days + 1), time(0), COUNTY_ZONE).astimezone(UTC)
    raise ValueError("the calendar has no working day within a year")
