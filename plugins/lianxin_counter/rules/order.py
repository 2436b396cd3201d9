"""Who is next.

Whoever is seventy or older, disabled, pregnant or with a small child goes first: of those who wait, two of them are
called, then one of the others, and so on. So nobody with a priority waits behind more than one ordinary number, and an
ordinary number is never passed by more than two. Within a kind the earlier number goes first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

ORDINARY: Final = "A"
PRIORITY: Final = "P"
IN_A_ROW: Final = 2
"""How many priority numbers are called before an ordinary one has its turn."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A slip that waits. `meant_for` is the counter that expects it, None: whichever is free."""

    id: UUID
    kind: str
    taken_at: datetime
    number: int
    meant_for: UUID | None = None


def in_turn(waiting: Iterable[Waiting], streak: int) -> list[Waiting]:
    """All who wait, in the order in which they will be called. `streak`: priority numbers since an ordinary one."""
    rows = sorted(waiting, key=lambda slip: (slip.taken_at, slip.number))
    queues = {kind: deque(slip for slip in rows if slip.kind == kind) for kind in (PRIORITY, ORDINARY)}
    turn: list[Waiting] = []
    while queues[PRIORITY] or queues[ORDINARY]:
        first = queues[PRIORITY] and (streak < IN_A_ROW or not queues[ORDINARY])
        chosen = queues[PRIORITY if first else ORDINARY].popleft()
        streak = streak_after(chosen, streak)
        turn.append(chosen)
    return turn


def streak_after(called: Waiting, streak: int) -> int:
    """How many priority numbers in a row it is then."""
    return streak + 1 if called.kind == PRIORITY else 0


def next_one(waiting: Sequence[Waiting], counter_id: UUID, streak: int) -> Waiting | None:
    """Whom this counter calls next: whom a colleague sent here first, since she has waited once already."""
    expected = [slip for slip in waiting if slip.meant_for == counter_id]
    anybody = [slip for slip in waiting if slip.meant_for is None]
    return next(iter(in_turn(expected, streak) or in_turn(anybody, streak)), None)


def ahead_of(slip_id: UUID, waiting: Sequence[Waiting], streak: int) -> int:
    """How many are called before this one, as it stands now."""
    mine = next((slip for slip in waiting if slip.id == slip_id), None)
    beside = [slip for slip in waiting if mine is not None and slip.meant_for == mine.meant_for]
    return next((place for place, slip in enumerate(in_turn(beside, streak)) if slip.id == slip_id), 0)
