"""How many stand under each chip of the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianxin.api import MOST_COUNTED, Actor, count_some, queue_condition
from lianxin.shells.desk.place import VIEWS


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many stand under each chip; nobody counts further than MOST_COUNTED."""

    all: int
    mine: int
    unclaimed: int
    overdue: int


async def count_queue(actor: Actor, *, flow: str = "", now: datetime) -> QueueCounts:
    """The numbers on the chips."""
    return QueueCounts(*[await count_some(queue_condition(actor, view, flow=flow, now=now)) for view in VIEWS])


def shown_count(count: int) -> str:
    """`999+` where nobody counted further."""
    return str(count) if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
