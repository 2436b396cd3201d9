"""Cron expressions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lianxin.data.schedule import BadSchedule, parse_schedule

COUNTY = ZoneInfo("Asia/Shanghai")


def last(text: str, local: str, zone: ZoneInfo = COUNTY) -> str | None:
    """The moment in the zone's time, as `local` is."""
    found = parse_schedule(text).last_before(datetime.fromisoformat(local).replace(tzinfo=zone), zone)
    return found.astimezone(zone).strftime("%Y-%m-%d %H:%M") if found else None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("* * * * *", "2026-11-24 10:07"),
        ("*/5 * * * *", "2026-11-24 10:05"),
        ("7 * * * *", "2026-11-24 10:07"),
        ("8 * * * *", "2026-11-24 09:08"),
        ("0 3 * * *", "2026-11-24 03:00"),
        ("30 23 * * *", "2026-11-23 23:30"),
        ("0,15,30,45 8-18 * * 1-5", "2026-11-24 10:00"),
        ("0 9 * * 0", "2026-11-22 09:00"),
        ("0 9 * * 7", "2026-11-22 09:00"),
        ("0 9 1 * *", "2026-11-01 09:00"),
        ("0 9 31 * *", "2026-10-31 09:00"),
        ("0 0 1 1 *", "2026-01-01 00:00"),
        ("59 23 31 12 *", "2025-12-31 23:59"),
        ("0 0 29 2 *", "2024-02-29 00:00"),
        ("0 0 13 * 5", "2026-11-20 00:00"),
        ("10-20/5 10 * * *", "2026-11-23 10:20"),
        ("5/20 * * * *", "2026-11-24 10:05"),
        ("0 0 30 2 *", None),
    ],
)
def test_the_last_moment_that_was_due(text: str, due: str | None) -> None:
    assert last(text, "2026-11-24 10:07:59") == due


def test_a_moment_is_due_from_its_first_second_on() -> None:
    assert last("0 3 * * *", "2026-11-24 03:00:00") == "2026-11-24 03:00"
    assert last("0 3 * * *", "2026-11-24 02:59:59.999999") == "2026-11-23 03:00"


def test_the_answer_is_in_utc() -> None:
    found = parse_schedule("0 3 * * *").last_before(datetime(2026, 11, 24, 2, tzinfo=UTC), COUNTY)
    assert found == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_an_hour_that_comes_twice_is_due_once() -> None:
    """1991 the county put its clocks back on 15 September; other places still do."""
    berlin = ZoneInfo("Europe/Berlin")
    moments = {
        parse_schedule("30 2 * * *").last_before(datetime(2026, 10, 25, hour, minute, tzinfo=UTC), berlin)
        for hour in (0, 1, 2)
        for minute in (31, 59)
    }
    assert len(moments) == 1


@pytest.mark.parametrize(
    "text",
    ["", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8"]
    + ["*/0 * * * *", "5-1 * * * *", "a * * * *", "1, * * * *", "-1 * * * *", "1-2-3 * * * *", "@daily"],
)
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(BadSchedule):
        parse_schedule(text)
