"""The holidays and moved workdays that a new site begins with (data/holidays.yaml)."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from lianxin.calendar.rules import Calendar

_FILE: Final = Path(__file__).parent / "data" / "holidays.yaml"


@dataclass(frozen=True, slots=True)
class SeedDay:
    """One day that is announced: a holiday (weekends within it included) or a worked weekend day."""

    day: date
    working: bool
    note: str
    """The Chinese name of the holiday; of a worked day, the holiday that it makes up for."""


@dataclass(frozen=True, slots=True)
class Seed:
    """All announced days, in order, and the years that are complete."""

    days: tuple[SeedDay, ...]
    years: frozenset[int]

    def calendar(self) -> Calendar:
        return Calendar({entry.day: entry.working for entry in self.days}, self.years)


def read_seed(path: Path = _FILE) -> Seed:
    """Read the committed years."""
    years: dict[int, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))["years"]
    days = [day for holidays in years.values() for holiday in holidays for day in _days(holiday)]
    return Seed(tuple(sorted(days, key=lambda entry: entry.day)), frozenset(years))


def _days(holiday: dict[str, Any]) -> list[SeedDay]:
    first, last = holiday["first"], holiday["last"]
    off = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return [
        *(SeedDay(day, False, holiday["name"]) for day in off),
        *(SeedDay(day, True, f"{holiday['name']}调休上班") for day in holiday.get("worked", ())),
    ]
