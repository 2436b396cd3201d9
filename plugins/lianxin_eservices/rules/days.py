"""The last day of a deadline, as people say it: what ends at midnight ends on the day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

COUNTY_ZONE: Final = ZoneInfo("Asia/Shanghai")


def last_day(due: datetime) -> date:
    """The day at the end of which time is up."""
    return (due - timedelta(microseconds=1)).astimezone(COUNTY_ZONE).date()
