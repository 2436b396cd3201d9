"""When n days or hours are over.

The day something happens does not count; n working days end at 24:00 of the n-th, in the county's
zone. A pause stops whole days: every day from the one it begins on, up to but not including the one it
ends on. So the days stopped are the days between, a pause within one day costs the person nothing,
and who resumes a clock that was not over has at least the rest of that day.

In a year without data Monday to Friday count and the deadline is provisional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

Unit = Literal["working_day", "calendar_day", "hour"]

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# Ten years: no clock of any office runs longer; a count beyond it is a slip, not a deadline.
LONGEST_DAYS: Final = 3660


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked.

    `days` holds the days that are not what their weekday says (False for a holiday, True for a
    worked weekend); `years` are those whose holidays have been entered.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return self.days.get(day, day.weekday() < _SATURDAY)

    def is_known(self, day: date) -> bool:
        """Whether the holidays of the day's year have been entered."""
        return day.year in self.years


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Whole days from `first` up to but not including `end`; empty when both are the same."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.first:
            raise ValueError(f"a span of days ends on {self.end}, before it begins on {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.end


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment (UTC) from which it is too late. Provisional: computed with a year not yet entered."""

    at: datetime
    provisional: bool = False


def deadline(
    start: datetime,
    n: int,
    unit: Unit,
    calendar: Calendar,
    zone: tzinfo,
    paused_days: Iterable[DaySpan] = (),
) -> Deadline:
    """The end of `n` units after `start` (aware), in the days of `zone`.

    Hours run day and night, holidays too, and stand still in paused days; after a pause they are not
    over before the day on which it ended.

    Raises:
        ValueError: `start` is naive, or `n` is not 1 to ten years.
    """
    _check(start, n, unit)
    pauses = tuple(paused_days)
    if unit == "hour":
        return Deadline(_after_hours(start, n, zone, pauses))
    counts = calendar.is_working_day if unit == "working_day" else _every_day
    day, known = start.astimezone(zone).date(), True
    while n:
        day += _DAY
        if any(day in pause for pause in pauses):
            continue
        known = known and calendar.is_known(day)
        n -= counts(day)
    return Deadline(_midnight(day + _DAY, zone), provisional=unit == "working_day" and not known)


def _check(start: datetime, n: int, unit: Unit) -> None:
    if start.tzinfo is None:
        raise ValueError("start has no zone: a deadline begins at a moment")
    longest = LONGEST_DAYS * 24 if unit == "hour" else LONGEST_DAYS
    if not 1 <= n <= longest:
        raise ValueError(f"{n} units of {unit} are no deadline: 1 to {longest}")


def _every_day(day: date) -> bool:
    return True


def _after_hours(start: datetime, n: int, zone: tzinfo, pauses: tuple[DaySpan, ...]) -> datetime:
    at, left, earliest = start.astimezone(UTC), timedelta(hours=n), start.astimezone(UTC)
    for pause in sorted(pauses, key=lambda pause: pause.first):
        stops, resumes = _midnight(pause.first, zone), _midnight(pause.end, zone)
        if max(at + left, earliest) <= stops:
            break
        if resumes > max(at, stops):
            left = max(left - max(stops - at, timedelta()), timedelta())
            at, earliest = resumes, _midnight(pause.end + _DAY, zone)
    return max(at + left, earliest)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def paused_days(began: datetime, ended: datetime, zone: tzinfo) -> DaySpan:
    """The whole days that a pause stops; for one that goes on, `ended` is now."""
    return DaySpan(began.astimezone(zone).date(), ended.astimezone(zone).date())


def last_day(at: datetime, zone: tzinfo) -> date:
    """The last day on which it is still in time: of a deadline at midnight, the day before."""
    return (at.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone).date()


def working_days_between(day: date, last: date, calendar: Calendar) -> int:
    """Working days after `day` up to and including `last`; negative when `last` is past.

    From the day something happened to the last day of its deadline these are the n of `deadline`.
    """
    if last < day:
        return -working_days_between(last, day, calendar)
    return sum(calendar.is_working_day(day + _DAY * ahead) for ahead in range(1, (last - day).days + 1))
