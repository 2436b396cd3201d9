"""Open pages of a station hear that something has changed; they ask again for what they may see."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.api import publish

CHANGED: Final = "counter.changed"


async def tell_hall(area_id: UUID, *, now: datetime) -> None:
    """In the unit of work at hand. Nothing of the slip itself goes out: a stream of the hall is for everybody."""
    await publish(CHANGED, area_id=area_id, ids={}, now=now)
