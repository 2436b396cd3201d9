"""What was said to whom, and how it reached them."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields

from lianxin.data.guards import Check, Guard, Index, Unique
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField
from lianxin.directory.models import Person


class Message(Row):
    """One thing told to one person. `parameters` fill the kind's text in the reader's language; none is a secret."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="messages", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=80)
    parameters = fields.JSONField[dict[str, str]]()
    path = fields.CharField(max_length=300, default="")
    dedupe_key = fields.CharField(max_length=120, null=True)
    created_at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("message_once", ("dedupe_key",), "dedupe_key IS NOT NULL"),
        Index("message_of", ("person_id", "created_at")),
    )

    class Meta:
        table = "message"


class MessageChoice(Row):
    """How a person wants to be reached. `channels`: {"sms": false}; quiet hours in minutes of the county's day."""

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="message_choices", on_delete=fields.RESTRICT
    )
    channels = fields.JSONField[dict[str, bool]]()
    quiet_from = fields.IntField()
    quiet_until = fields.IntField()
    changed_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("message_choice_once", ("person_id",)),
        Check("message_choice_hours", "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439"),
    )

    class Meta:
        table = "message_choice"


class Delivery(Row):
    """One way in which a message goes out. `address` is sealed; `text` is what was sent, for the demo outbox."""

    message: fields.ForeignKeyNullableRelation[Message] = fields.ForeignKeyField(
        "lianxin.Message", related_name="deliveries", on_delete=fields.RESTRICT, null=True
    )
    channel = fields.CharField(max_length=20)
    address = SealedField(null=True)
    text = SealedField(null=True)
    state = fields.CharField(max_length=12, default="queued")
    provider_key = fields.CharField(max_length=120, default="")
    attempts = fields.IntField(default=0)
    error = fields.CharField(max_length=300, default="")
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("delivery_state", "state IN ('queued', 'sent', 'failed', 'unreachable')"),
        Unique("delivery_once", ("message_id", "channel"), "message_id IS NOT NULL"),
        Index("delivery_at", ("created_at",)),
    )

    class Meta:
        table = "delivery"
