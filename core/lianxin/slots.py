"""Small named places in pages that plugins fill, none of which can break or delay the page."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog

from lianxin.data.unit import current_unit
from lianxin.declarations.meeting import Filler

BUDGET_SECONDS = 0.5
ABANDONED_AT_MOST = 8
"""A filler with as many abandoned runs still going is left out without being asked, or a slow one would fill memory."""

_log = structlog.get_logger("lianxin.slots")
_fillers: dict[str, list[tuple[str, Filler]]] = {}
_abandoned: set[asyncio.Task[Any]] = set()
_still_running: Counter[Filler] = Counter()


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """What a filler gave for a slot: `template` draws `content`; `owner` is the plugin to name when drawing fails."""

    template: str
    content: Any
    owner: str


def use_fillers(fillers: Iterable[tuple[str, Filler]]) -> None:
    """Makes these (owner, filler) pairs the fillers of the process; drawn by weight, then in the order given."""
    _fillers.clear()
    for owner, filler in sorted(fillers, key=lambda pair: pair[1].weight):
        _fillers.setdefault(filler.slot, []).append((owner, filler))


async def fill(name: str, visit: Any, page: Any, *, budget_seconds: float = BUDGET_SECONDS) -> list[FilledSlot]:
    """What the plugins put into this slot of this page, without those that failed or took too long.

    Each filler runs in a task of its own. One that is late is abandoned, never cancelled: cancelling it in the middle
    of a query would harm others. Raises RuntimeError inside a unit of work: the tasks would share its connection.
    """
    fillers = [pair for pair in _fillers.get(name, ()) if _still_running[pair[1]] < ABANDONED_AT_MOST]
    if not fillers:
        return []
    _outside_unit(name)
    tasks: list[asyncio.Task[Any]] = [
        asyncio.create_task(filler.fill(visit, page), name=f"slot {name} of {owner}")  # type: ignore[arg-type]
        for owner, filler in fillers
    ]
    try:
        await asyncio.wait(tasks, timeout=budget_seconds)
    finally:
        answers = [_answer(name, owner, filler, task) for (owner, filler), task in zip(fillers, tasks, strict=True)]
    return [answer for answer in answers if answer is not None]


def _outside_unit(name: str) -> None:
    try:
        current_unit()
    except RuntimeError:
        return
    raise RuntimeError(f"slot {name} was to be filled inside a unit of work: draw the page after it")


def _answer(name: str, owner: str, filler: Filler, task: asyncio.Task[Any]) -> FilledSlot | None:
    if not task.done():
        _abandon(name, owner, filler, task)
        return None
    if task.cancelled() or task.exception() is not None:
        _failed(name, owner, task)
        return None
    content = task.result()
    return None if content is None else FilledSlot(filler.template, content, owner)


def _abandon(name: str, owner: str, filler: Filler, task: asyncio.Task[Any]) -> None:
    _log.warning("slot_filler_late", slot=name, owner=owner, template=filler.template)
    _abandoned.add(task)
    _still_running[filler] += 1

    def ended(finished: asyncio.Task[Any]) -> None:
        _abandoned.discard(finished)
        _still_running[filler] -= 1
        if finished.cancelled() or finished.exception() is not None:
            _failed(name, owner, finished)

    task.add_done_callback(ended)


def _failed(name: str, owner: str, task: asyncio.Task[Any]) -> None:
    fault = None if task.cancelled() else task.exception()
    _log.error("slot_filler_failed", slot=name, owner=owner, exc_info=fault)
