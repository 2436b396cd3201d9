"""Saying that something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from lianxin.bus.models import Event
from lianxin.data.unit import current_unit

_wakers: set[Callable[[], None]] = set()


async def publish(
    topic: str,
    *,
    area_id: UUID | None = None,
    organisation_id: UUID | None = None,
    ids: Mapping[str, str],
    now: datetime,
) -> None:
    """Writes an event in the current unit of work: it is heard if and only if that is committed.

    `topic` is "<room or plugin>.<what happened>". Raises RuntimeError outside a unit of work.
    """
    unit = current_unit()
    await Event.create(topic=topic, area_id=area_id, organisation_id=organisation_id, ids=dict(ids), at=now)
    if _wake not in unit.callbacks:
        unit.after_commit(_wake)


async def newest_id() -> int:
    """The id of the newest event, 0 when there is none: a page keeps it, to be told what comes after it was drawn."""
    newest = await Event.all().order_by("-id").only("id").first()
    return newest.id if newest else 0


def on_publish(waker: Callable[[], None]) -> None:
    """Calls `waker` after each commit of this process that published something."""
    _wakers.add(waker)


def off_publish(waker: Callable[[], None]) -> None:
    """Undoes `on_publish`."""
    _wakers.discard(waker)


async def _wake() -> None:
    for waker in tuple(_wakers):
        waker()
