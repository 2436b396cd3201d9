"""What a listener gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.bus.models import Event

RELOAD: Final = "reload"
"""The topic of the marker that says: you have missed something, ask for everything again."""


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event as it goes to a listener. `id` is the stream's Last-Event-ID."""

    id: int
    topic: str
    area_id: UUID | None = None
    organisation_id: UUID | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


def seen(row: Event) -> EventSeen:
    """The event of a row."""
    return EventSeen(row.id, row.topic, row.area_id, row.organisation_id, row.ids, row.at)
