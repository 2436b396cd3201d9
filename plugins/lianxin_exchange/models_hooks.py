"""Tables: systems that are told of matters, and what was told to which."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard, Guard, IndexGuard, Row, SealedField, UniqueGuard


class Hook(Row):
    """A system with an address. `events` are `<flow>:<state>`; `area` null: the whole county.

    `failing_since`: nothing got through since then. `paused_by`: nobody yet (empty), a person, or its failures.
    """

    name = fields.CharField(max_length=60)
    url = fields.CharField(max_length=400)
    secret = SealedField()
    events = fields.JSONField[list[str]]()
    area_id: UUID | None
    area: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Area", related_name="exchange_hooks", on_delete=fields.RESTRICT, null=True
    )
    made_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    failing_since = fields.DatetimeField(null=True)
    paused_at = fields.DatetimeField(null=True)
    paused_by = fields.CharField(max_length=10, default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        CheckGuard("exchange_hook_named", "name <> ''"),
        CheckGuard("exchange_hook_address", "url LIKE 'https://%' OR url LIKE 'http://%'"),
        CheckGuard("exchange_hook_paused", "(paused_at IS NULL) = (paused_by = '')"),
        CheckGuard("exchange_hook_paused_by", "paused_by IN ('', 'person', 'failures')"),
    )

    class Meta:
        table = "exchange_hook"


class Delivery(Row):
    """One happening for one system: written with the change itself, sent by a job. `number` is the matter's version."""

    hook_id: UUID
    hook: fields.ForeignKeyRelation[Hook] = fields.ForeignKeyField(
        "exchange.Hook", related_name="deliveries", on_delete=fields.RESTRICT
    )
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="exchange_deliveries", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    event = fields.CharField(max_length=90)
    body = fields.TextField()
    state = fields.CharField(max_length=10, default="waiting")
    attempts = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    tried_at = fields.DatetimeField(null=True)
    sent_at = fields.DatetimeField(null=True)
    status = fields.IntField(null=True)
    fault = fields.CharField(max_length=200, default="")

    guards: ClassVar[tuple[Guard, ...]] = (
        UniqueGuard("exchange_delivery_once", ("hook_id", "matter_id", "number")),
        CheckGuard("exchange_delivery_state", "state IN ('waiting', 'sent', 'given_up')"),
        CheckGuard("exchange_delivery_sent", "(state = 'sent') = (sent_at IS NOT NULL)"),
        CheckGuard("exchange_delivery_attempts", "attempts >= 0"),
        IndexGuard("exchange_delivery_of", ("hook_id", "state", "id")),
        IndexGuard("exchange_delivery_matter", ("matter_id",)),
    )

    class Meta:
        table = "exchange_delivery"


HOOK_TABLES: tuple[type, ...] = (Hook, Delivery)
