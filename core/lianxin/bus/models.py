"""The table of live events."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model

from lianxin.data.guards import Guard, Index


class Event(Model):
    """That something changed: topic, place, ids only. Kept for an hour; its id is the stream's Last-Event-ID."""

    id = fields.BigIntField(primary_key=True, generated=True)
    topic = fields.CharField(max_length=60)
    area_id = fields.UUIDField(null=True)
    organisation_id = fields.UUIDField(null=True)
    ids = fields.JSONField[dict[str, str]]()
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Index("event_at", ("at",)),)

    class Meta:
        table = "event"
