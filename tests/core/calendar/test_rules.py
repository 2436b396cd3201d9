"""Working days and deadlines, one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.calendar.rules import (
    Calendar,
    DaySpan,
    Unit,
    deadline,
    last_day,
    paused_days,
    working_days_between,
)
from lianxin.calendar.seed import read_seed

ZONE = ZoneInfo("Asia/Shanghai")
SEEDED = read_seed().calendar()
UNKNOWN = Calendar()

moments = st.integers(0, 970 * 24 * 60).map(lambda ahead: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=ahead))
counts = st.integers(1, 40)
spans = st.builds(
    lambda first, days: DaySpan(first, first + timedelta(days=days)),
    st.dates(date(2024, 1, 1), date(2026, 9, 1)),
    st.integers(0, 30),
)


def at(text: str) -> datetime:
    """A moment on the county's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(start: str, n: int, unit: Unit = "working_day", *pauses: DaySpan) -> str:
    end = deadline(at(start), n, unit, SEEDED, ZONE, pauses)
    assert end.at.tzinfo is UTC
    return f"{end.at.astimezone(ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-23 09:00", 1, "2026-11-25 00:00"),  # Monday: Tuesday is the first
        ("2026-11-23 00:00", 1, "2026-11-25 00:00"),
        ("2026-11-23 23:59", 1, "2026-11-25 00:00"),
        ("2026-11-27 10:00", 5, "2026-12-05 00:00"),  # Friday: over one weekend
        ("2026-11-28 10:00", 1, "2026-12-01 00:00"),  # Saturday: Monday is the first
        ("2026-02-13 10:00", 1, "2026-02-15 00:00"),  # the Saturday before Spring Festival is worked
        ("2026-02-14 10:00", 1, "2026-02-25 00:00"),  # over nine free days
        ("2026-09-30 10:00", 2, "2026-10-10 00:00"),  # National Day
        ("2026-09-30 10:00", 3, "2026-10-11 00:00"),  # the Saturday after is worked
    ],
)
def test_working_days(start: str, n: int, end: str) -> None:
    assert due(start, n) == end


def test_the_day_is_the_county_s_not_utc_s() -> None:
    late_on_monday_in_utc = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # Tuesday 00:30 there
    assert deadline(late_on_monday_in_utc, 1, "working_day", SEEDED, ZONE).at == at("2026-11-26 00:00")


def test_calendar_days_and_hours_know_no_holiday() -> None:
    assert due("2026-02-14 10:00", 7, "calendar_day") == "2026-02-22 00:00"
    assert due("2026-02-14 10:00", 24, "hour") == "2026-02-15 10:00"


@pytest.mark.parametrize(
    ("began", "ended", "end"),
    [
        ("2026-11-24 10:00", "2026-11-24 17:00", "2026-11-28 00:00"),  # within one day: nothing stops
        ("2026-11-24 10:00", "2026-11-25 09:00", "2026-12-01 00:00"),
        ("2026-11-24 10:00", "2026-11-26 09:00", "2026-12-02 00:00"),
        ("2026-11-27 10:00", "2026-11-30 09:00", "2026-12-01 00:00"),  # a weekend within costs nothing more
        ("2026-11-28 10:00", "2026-11-30 09:00", "2026-11-28 00:00"),  # begun when it was over
    ],
)
def test_a_pause_stops_whole_days(began: str, ended: str, end: str) -> None:
    pause = paused_days(at(began), at(ended), ZONE)
    assert due("2026-11-23 09:00", 4, "working_day", pause) == end


def test_a_pause_stops_hours_too() -> None:
    pause = paused_days(at("2026-11-24 08:00"), at("2026-11-26 18:00"), ZONE)
    # 15 of 24 hours ran on Monday; the pause ended on Thursday evening, so that day is left.
    assert due("2026-11-23 09:00", 24, "hour", pause) == "2026-11-27 00:00"
    assert due("2026-11-23 09:00", 48, "hour", pause) == "2026-11-27 09:00"
    assert due("2026-11-23 09:00", 15, "hour", pause) == "2026-11-24 00:00"
    overlapping = DaySpan(date(2026, 11, 25), date(2026, 11, 27))
    assert due("2026-11-23 09:00", 24, "hour", overlapping, pause) == "2026-11-28 00:00"
    assert due("2026-11-23 09:00", 48, "hour", overlapping, pause) == "2026-11-28 09:00"


@given(moments, counts, st.lists(spans, max_size=4))
def test_working_days_are_counted_one_by_one(start: datetime, n: int, pauses: list[DaySpan]) -> None:
    end = deadline(start, n, "working_day", SEEDED, ZONE, pauses)
    first, last = start.astimezone(ZONE).date(), last_day(end.at, ZONE)
    days = [first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1)]
    counted = [day for day in days if SEEDED.is_working_day(day) and not any(day in p for p in pauses)]
    assert len(counted) == n
    assert counted[-1] == last


@given(moments, counts)
def test_between_gives_the_days_back(start: datetime, n: int) -> None:
    first = start.astimezone(ZONE).date()
    last = last_day(deadline(start, n, "working_day", SEEDED, ZONE).at, ZONE)
    assert working_days_between(first, last, SEEDED) == n
    assert working_days_between(last, first, SEEDED) == -n
    assert working_days_between(first, first, SEEDED) == 0


@given(moments, counts, spans)
def test_a_pause_never_shortens_and_leaves_the_day_it_ends_on(start: datetime, n: int, pause: DaySpan) -> None:
    for unit in ("working_day", "calendar_day", "hour"):
        plain = deadline(start, n, unit, SEEDED, ZONE).at
        paused = deadline(start, n, unit, SEEDED, ZONE, [pause]).at
        assert paused >= plain
        stops = datetime.combine(pause.first, datetime.min.time(), ZONE)
        if start < stops < plain:
            assert last_day(paused, ZONE) >= (pause.end if pause.first < pause.end else pause.first)


@given(moments, st.integers(1, 400), st.lists(spans, max_size=4))
def test_hours_run_whenever_no_day_is_paused(start: datetime, n: int, pauses: list[DaySpan]) -> None:
    end = deadline(start, n, "hour", SEEDED, ZONE, pauses).at
    paused = {span.first + timedelta(days=ahead) for span in pauses for ahead in range((span.end - span.first).days)}
    standing = timedelta()
    for day in paused:
        midnight = datetime.combine(day, datetime.min.time(), ZONE).astimezone(UTC)
        standing += max(min(end, midnight + timedelta(days=1)) - max(start, midnight), timedelta())
    assert end - start - standing >= timedelta(hours=n)
    if end.astimezone(ZONE).time() != datetime.min.time():
        assert end - start - standing == timedelta(hours=n)


def test_provisional_only_where_a_year_was_needed_and_not_entered() -> None:
    assert not deadline(at("2026-12-30 10:00"), 1, "working_day", SEEDED, ZONE).provisional
    guess = deadline(at("2026-12-31 10:00"), 1, "working_day", SEEDED, ZONE)
    assert guess.provisional
    assert guess.at == at("2027-01-02 00:00")  # Friday 1 January counts until the year is entered
    entered = Calendar({**SEEDED.days, date(2027, 1, 1): False}, SEEDED.years | {2027})
    sure = deadline(at("2026-12-31 10:00"), 1, "working_day", entered, ZONE)
    assert (sure.provisional, sure.at) == (False, at("2027-01-05 00:00"))
    assert not deadline(at("2026-12-31 10:00"), 1, "calendar_day", SEEDED, ZONE).provisional


@given(moments, counts)
def test_without_data_monday_to_friday_count(start: datetime, n: int) -> None:
    end = deadline(start, n, "working_day", UNKNOWN, ZONE)
    assert end.provisional
    assert last_day(end.at, ZONE).weekday() < 5


@pytest.mark.parametrize("n", [0, -1, 3661])
def test_no_deadline(n: int) -> None:
    with pytest.raises(ValueError, match="no deadline"):
        deadline(at("2026-11-23 09:00"), n, "working_day", SEEDED, ZONE)


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        deadline(datetime(2026, 11, 23, 9), 1, "working_day", SEEDED, ZONE)  # noqa: DTZ001


def test_a_span_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        DaySpan(date(2026, 11, 24), date(2026, 11, 23))


def test_a15_midnight_is_right_when_the_clocks_changed() -> None:
    # Shanghai moved its clocks in the 1940s, once at midnight itself, and from 1986 to 1991.
    day = date(1940, 1, 1)
    while day < date(1992, 1, 1):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
        assert last_day(deadline(noon, 1, "calendar_day", UNKNOWN, ZONE).at, ZONE) == day + timedelta(days=1)
        day += timedelta(days=1)
