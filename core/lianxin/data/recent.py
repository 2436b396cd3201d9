"""What was read a moment ago: spares the database what every page asks for, for a second at most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

from lianxin.data.unit import changes_here, in_unit_of_work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """When a reading began: after how many changes of this process, and at what time."""

    changes: int
    at: float


class Recent(Generic[T]):
    """Remembers answers until this process changes anything, and never longer than `seconds`.

    What another process changed is seen when that time is over. So it is for what may be that late, such as names of
    places and public pages, and never for what somebody may see or do. Inside a unit of work everything is read.
    """

    def __init__(self, seconds: float = 1.0, most: int = 200) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Hashable, tuple[T, Moment]] = {}

    async def get(self, key: Hashable, load: Callable[[], Awaitable[T]]) -> T:
        """The remembered answer, else what `load` answers now."""
        if in_unit_of_work():
            return await load()
        found = self.find(key)
        if found is not None:
            return found
        moment = begin_reading()
        answer = await load()
        self.keep(key, answer, moment)
        return answer

    def find(self, key: Hashable) -> T | None:
        """The answer, if there is one that still counts."""
        kept = self._kept.get(key)
        return kept[0] if kept is not None and self._counts(kept[1]) else None

    def keep(self, key: Hashable, answer: T, moment: Moment) -> None:
        """Remembers what was read since `moment`; not when something was changed meanwhile."""
        if not self._counts(moment):
            return
        others = [pair for pair in self._kept.items() if pair[0] != key and self._counts(pair[1][1])]
        self._kept = dict([*others, (key, (answer, moment))][-self._most :])

    def _counts(self, moment: Moment) -> bool:
        return moment.changes == changes_here() and monotonic() - moment.at < self._seconds


def begin_reading() -> Moment:
    """To be taken before the first question."""
    return Moment(changes_here(), monotonic())
