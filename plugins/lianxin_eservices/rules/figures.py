"""Figures of offices and services: what is counted, how it is added up, and what is too small to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

SMALL: Final = 5
"""Below this number a resident might be recognised by her neighbours."""
HIDDEN: Final = "<5"
NOT_SAID: Final = "—"


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the kept figures."""

    month: date
    office: str
    item: UUID


@dataclass(frozen=True, slots=True)
class Received:
    """A case came in."""

    key: Key


@dataclass(frozen=True, slots=True)
class Decided:
    """A case was decided; `days` are working days from its acceptance."""

    key: Key
    days: int
    on_time: bool
    corrections: int


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody said how it was."""

    key: Key
    grade: int


@dataclass(frozen=True, slots=True)
class CalledBack:
    """A bad rating was put right."""

    key: Key


Happening = Received | Decided | Rated | CalledBack


@dataclass(slots=True)
class Counted:
    """Figures of some cases. Two may be added."""

    received: int = 0
    decided: int = 0
    on_time: int = 0
    corrections: int = 0
    call_backs: int = 0
    days: Counter[int] = field(default_factory=Counter)
    grades: Counter[int] = field(default_factory=Counter)

    def add(self, other: Counted) -> None:
        """Adds the other's figures to these."""
        self.received += other.received
        self.decided += other.decided
        self.on_time += other.on_time
        self.corrections += other.corrections
        self.call_backs += other.call_backs
        self.days.update(other.days)
        self.grades.update(other.grades)

    @property
    def rated(self) -> int:
        """How many said how it was."""
        return sum(self.grades.values())

    @property
    def on_time_share(self) -> float | None:
        """Of those decided, how many in time, from 0 to 1."""
        return self.on_time / self.decided if self.decided else None

    @property
    def median(self) -> int | None:
        """Half were decided in so many working days or fewer."""
        return share_within(self.days, 0.5)

    @property
    def ninety(self) -> int | None:
        """Nine of ten were decided in so many working days or fewer."""
        return share_within(self.days, 0.9)

    @property
    def corrections_a_case(self) -> float | None:
        """How often something had to be put right, a decided case."""
        return self.corrections / self.decided if self.decided else None

    @property
    def satisfied(self) -> float | None:
        """Of those who rated, how many said 3 (satisfied on the whole) or better, from 0 to 1."""
        good = sum(number for grade, number in self.grades.items() if grade >= 3)
        return good / self.rated if self.rated else None


def share_within(days: Mapping[int, int], share: float) -> int | None:
    """The fewest days within which that share of the cases lies; None without cases."""
    total, so_far = sum(days.values()), 0
    for day in sorted(days):
        so_far += days[day]
        if so_far >= share * total and so_far:
            return day
    return None


def count(happenings: Iterable[Happening]) -> dict[Key, Counted]:
    """The kept figures, from what happened."""
    found: dict[Key, Counted] = {}
    for happening in happenings:
        here = found.setdefault(happening.key, Counted())
        match happening:
            case Received():
                here.received += 1
            case Decided(_, days, on_time, corrections):
                here.decided += 1
                here.on_time += on_time
                here.corrections += corrections
                here.days[days] += 1
            case Rated(_, grade):
                here.grades[grade] += 1
            case CalledBack():
                here.call_backs += 1
    return found


def by_office(found: Mapping[Key, Counted]) -> dict[Key, Counted]:
    """The same, all services of an office together: each under the key of one of them."""
    whole: dict[tuple[date, str], tuple[Key, Counted]] = {}
    for key, counted in found.items():
        whole.setdefault((key.month, key.office), (key, Counted()))[1].add(counted)
    return dict(whole.values())


def shown_numbers(numbers: Sequence[int]) -> tuple[list[str], str]:
    """A column and its total, as they may leave the house: small ones hidden, and never so that they can be worked out.

    One hidden number alone would be the total less the others: then the next smallest is hidden as well. What hides
    together is never a small sum either; where there is no other to hide, the total is not said.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < SMALL}
    rest = sorted((number, place) for place, number in enumerate(numbers) if number >= SMALL)
    while hidden and rest and (len(hidden) < 2 or sum(numbers[place] for place in hidden) < SMALL):
        hidden.add(rest.pop(0)[1])
    safe = not hidden or (len(hidden) >= 2 and sum(numbers[place] for place in hidden) >= SMALL)
    return [_shown(number, place in hidden) for place, number in enumerate(numbers)], (
        str(sum(numbers)) if safe else NOT_SAID
    )


def _shown(number: int, hidden: bool) -> str:
    if not hidden:
        return str(number)
    return HIDDEN if number < SMALL else NOT_SAID


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_back(month: date, how_many: int) -> list[date]:
    """So many months up to and including this one, the oldest first."""
    found = [month]
    for _ in range(how_many - 1):
        last = found[-1]
        found.append(date(last.year - (last.month == 1), last.month - 1 or 12, 1))
    return found[::-1]


def parse_month(text: str) -> date | None:
    """`2026-11`; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None
