"""Who did what: rows that are only ever added, and the seals that a job lays over them."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model

from lianxin.data.guards import AppendOnly, Check, Guard, Index
from lianxin.data.row import Row


class AuditEntry(Row):
    """One deed. `action` is `<room or plugin>.<verb>`; `detail` names fields, never sealed values."""

    at = fields.DatetimeField()
    actor_id = fields.UUIDField(null=True)
    on_behalf_of_id = fields.UUIDField(null=True)
    role = fields.CharField(max_length=40, default="")
    action = fields.CharField(max_length=80)
    object_kind = fields.CharField(max_length=40, default="")
    object_id = fields.UUIDField(null=True)
    area_id = fields.UUIDField(null=True)
    result = fields.CharField(max_length=20, default="done")
    address = fields.CharField(max_length=45, default="")
    request_id = fields.CharField(max_length=40, default="")
    detail = fields.JSONField[dict[str, object]](null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("audit_kept"),
        Index("audit_at", ("at",)),
        Index("audit_actor", ("actor_id", "at")),
        Index("audit_object", ("object_id", "at")),
    )

    class Meta:
        table = "audit_entry"


class AuditSeal(Model):
    """The hash of all entries and readings up to a moment, chained on the seal before: appended by one job in order.

    `number` counts from 1, so of two jobs that seal at once the database lets one through. `marks` holds a line
    "<id> <short hash>" for each row under the seal, so that a broken chain can name the row.
    """

    number = fields.IntField(primary_key=True, generated=False)
    up_to = fields.UUIDField(null=True)
    readings_up_to = fields.UUIDField(null=True)
    count = fields.IntField()
    digest = fields.CharField(max_length=64)
    marks = fields.TextField()
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("audit_seal_kept"),
        Check("audit_seal_number", "number >= 1"),
    )

    class Meta:
        table = "audit_seal"
