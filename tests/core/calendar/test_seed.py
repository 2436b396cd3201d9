"""The years that the project brings."""

from collections import Counter
from datetime import date, timedelta

from lianxin.calendar.seed import read_seed

SEED = read_seed()


def test_the_three_years() -> None:
    assert SEED.years == {2024, 2025, 2026}
    assert {entry.day.year for entry in SEED.days} == SEED.years


def test_no_day_is_announced_twice() -> None:
    days = Counter(entry.day for entry in SEED.days)
    assert days.most_common(1)[0][1] == 1


def test_only_weekends_are_worked_in_exchange() -> None:
    worked = [entry.day for entry in SEED.days if entry.working]
    assert len(worked) == 8 + 5 + 6
    assert all(day.weekday() >= 5 for day in worked)


def test_working_days_of_each_year() -> None:
    # Holidays by law (11, since 2025 13) leave the rest: exchanged days cancel out.
    calendar = SEED.calendar()
    for year, count in ((2024, 251), (2025, 248), (2026, 248)):
        days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(366)]
        assert sum(calendar.is_working_day(day) for day in days if day.year == year) == count


def test_names_are_there_for_people() -> None:
    named = {entry.day: entry.note for entry in SEED.days}
    assert named[date(2026, 10, 1)] == "国庆节"
    assert named[date(2026, 10, 10)] == "国庆节调休上班"
