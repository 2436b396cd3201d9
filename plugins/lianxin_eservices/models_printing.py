"""Table of what a clerk still has to print."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique
from lianxin_eservices.models_notices import Notice


class ToPrint(Row):
    """A sheet that a clerk put aside, once at a time: a notice, or (`notice` null) the receipt of the matter."""

    clerk_id: UUID
    clerk: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_to_print", on_delete=fields.RESTRICT
    )
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_to_print", on_delete=fields.RESTRICT
    )
    notice_id: UUID | None
    notice: fields.ForeignKeyNullableRelation[Notice] = fields.ForeignKeyField(
        "eservices.Notice", related_name="to_print", on_delete=fields.RESTRICT, null=True
    )
    asked_at = fields.DatetimeField()
    printed_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_to_print_notice", ("clerk_id", "notice_id"), "printed_at IS NULL AND notice_id IS NOT NULL"),
        Unique("eservices_to_print_receipt", ("clerk_id", "matter_id"), "printed_at IS NULL AND notice_id IS NULL"),
        Index("eservices_to_print_of", ("clerk_id", "printed_at", "asked_at")),
    )

    class Meta:
        table = "eservices_to_print"


PRINTING_TABLES = (ToPrint,)
