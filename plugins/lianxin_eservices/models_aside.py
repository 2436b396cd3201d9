"""Table of slips by which an application that was put aside goes on."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class DraftSlip(Row):
    """A slip that was printed for a draft: of its characters the blind index alone. A newer one ends it.

    `tries` are wrong facts in a row; past ten it opens nothing more.
    """

    draft_id: UUID
    draft: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Draft", related_name="slips", on_delete=fields.RESTRICT
    )
    code_key = fields.CharField(max_length=64)
    made_by_id: UUID
    made_by: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_draft_slips", on_delete=fields.RESTRICT
    )
    tries = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_draft_slip_code", ("code_key",)),
        Unique("eservices_draft_slip_open", ("draft_id",), "ended_at IS NULL"),
        Check("eservices_draft_slip_span", "expires_at > created_at"),
        Check("eservices_draft_slip_tries", "tries BETWEEN 0 AND 10"),
        Index("eservices_draft_slip_expiry", ("expires_at",)),
    )

    class Meta:
        table = "eservices_draft_slip"


ASIDE_TABLES: tuple[type[Model], ...] = (DraftSlip,)
