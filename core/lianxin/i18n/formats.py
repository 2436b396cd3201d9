"""Dates, times and what is left of them, as people write them. 24 hours, digits, no weekday.

Moments are aware datetimes and are shown in a zone, the county's by default. Dates are dates
and have none: a birthday is never shifted.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from lianxin.i18n.languages import language
from lianxin.i18n.messages import gettext, ngettext

DEFAULT_ZONE: Final = ZoneInfo("Asia/Shanghai")

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


def format_date(day: date, *, zone: tzinfo = DEFAULT_ZONE) -> str:
    """`2026年11月25日`, `25 November 2026`, of a date or a moment."""
    return _full_date(_local_day(day, zone))


def format_time(moment: datetime, *, zone: tzinfo = DEFAULT_ZONE) -> str:
    """`17:00`."""
    return f"{_local(moment, zone):%H:%M}"


def format_datetime(moment: datetime, *, zone: tzinfo = DEFAULT_ZONE) -> str:
    """`2026年11月25日 17:00`, `25 November 2026, 17:00`."""
    comma = "" if language.get() == "zh_Hans" else ","
    return f"{format_date(moment, zone=zone)}{comma} {format_time(moment, zone=zone)}"


def format_day_relative(moment: date, now: datetime, *, zone: tzinfo = DEFAULT_ZONE) -> str:
    """`今天 17:00`, `明天 09:00`, `11月25日`, in another year `2027年1月5日`.

    Of a date: `今天`, `11月25日`. In English `today 17:00`, `25 November`.
    """
    clock = format_time(moment, zone=zone) if isinstance(moment, datetime) else ""
    return _relative(_local_day(moment, zone), clock, _local_day(now, zone))


def format_due(due: datetime, now: datetime, *, zone: tzinfo = DEFAULT_ZONE) -> str:
    """As `format_day_relative`, for a deadline: midnight is the end of the day before, `今天 24:00`."""
    if _local(due, zone).time() != time(0):
        return format_day_relative(due, now, zone=zone)
    return _relative(_local_day(due, zone) - timedelta(days=1), "24:00", _local_day(now, zone))


def format_duration_left(due: datetime, now: datetime) -> str:
    """`剩 1 小时`, `超 2 天`; `1 hour left`, `2 days over`.

    In the largest whole unit of days, hours, minutes, rounded down, never 0. The due moment itself is over.
    """
    left = due > now
    minutes = max(abs(due - now) // timedelta(minutes=1), 1)
    if minutes >= _DAY:
        return _days(minutes // _DAY, left)
    if minutes >= _HOUR:
        return _hours(minutes // _HOUR, left)
    return _minutes(minutes, left)


def _days(num: int, left: bool) -> str:
    if left:
        return ngettext("%(num)s day left", "%(num)s days left", num)
    return ngettext("%(num)s day over", "%(num)s days over", num)


def _hours(num: int, left: bool) -> str:
    if left:
        return ngettext("%(num)s hour left", "%(num)s hours left", num)
    return ngettext("%(num)s hour over", "%(num)s hours over", num)


def _minutes(num: int, left: bool) -> str:
    if left:
        return ngettext("%(num)s minute left", "%(num)s minutes left", num)
    return ngettext("%(num)s minute over", "%(num)s minutes over", num)


def _local_day(day: date, zone: tzinfo) -> date:
    return _local(day, zone).date() if isinstance(day, datetime) else day


def _local(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        # Python would take it for the clock of this machine.
        raise ValueError(f"{moment} has no zone: it is not a moment")
    return moment.astimezone(zone)


def _relative(day: date, clock: str, today: date) -> str:
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}.get((day - today).days)
    if near:
        return f"{near} {clock}".rstrip()
    return _short_date(day) if day.year == today.year else _full_date(day)


def _short_date(day: date) -> str:
    if language.get() == "zh_Hans":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _full_date(day: date) -> str:
    if language.get() == "zh_Hans":
        return f"{day.year}年{_short_date(day)}"
    return f"{_short_date(day)} {day.year}"
