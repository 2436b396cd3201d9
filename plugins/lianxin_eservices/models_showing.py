"""Table of in-hand help: who shows her application to which colleague, at which step, until when."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row, SealedField
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class Showing(Row):
    """`person` lets a colleague look at what she fills in. The number is forgotten as soon as it is used or over.

    `step` is where she stands, `pointed` the field at which the colleague points, `moved_at` when either last moved.
    """

    draft_id: UUID
    draft: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Draft", related_name="showings", on_delete=fields.RESTRICT
    )
    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_shown", on_delete=fields.RESTRICT
    )
    colleague_id: UUID | None
    colleague: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_looks", on_delete=fields.RESTRICT, null=True
    )
    number = SealedField(null=True)
    number_key = fields.CharField(max_length=64, null=True)
    step = fields.CharField(max_length=40)
    pointed = fields.CharField(max_length=40, default="")
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    moved_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_showing_open", ("draft_id",), "ended_at IS NULL"),
        Unique("eservices_showing_number", ("number_key",), "number_key IS NOT NULL"),
        Check("eservices_showing_whole", "(number IS NULL) = (number_key IS NULL)"),
        Check("eservices_showing_used", "(number IS NULL) = (colleague_id IS NOT NULL OR ended_at IS NOT NULL)"),
        Check("eservices_showing_two", "colleague_id IS NULL OR colleague_id <> person_id"),
        Index("eservices_showing_by", ("colleague_id", "ended_at")),
        Index("eservices_showing_quiet", ("ended_at", "moved_at")),
    )

    class Meta:
        table = "eservices_showing"


SHOWING_TABLES: tuple[type[Model], ...] = (Showing,)
