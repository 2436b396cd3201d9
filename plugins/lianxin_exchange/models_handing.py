"""Tables: cases that were handed to the system that decides them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard, Guard, IndexGuard, Row, UniqueGuard


class Handing(Row):
    """One case for one system: waiting, acknowledged (it has a number there), answered, or missing (given up).

    `fault` says why the last try, or entering the answer, went wrong.
    """

    system = fields.CharField(max_length=40)
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="exchange_handings", on_delete=fields.RESTRICT
    )
    state = fields.CharField(max_length=12, default="waiting")
    number = fields.CharField(max_length=60, default="")
    answer = fields.CharField(max_length=40, default="")
    attempts = fields.IntField(default=0)
    fault = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    asked_at = fields.DatetimeField()
    acknowledged_at = fields.DatetimeField(null=True)
    answered_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        UniqueGuard("exchange_handing_once", ("system", "matter_id")),
        CheckGuard("exchange_handing_state", "state IN ('waiting', 'acknowledged', 'answered', 'missing')"),
        CheckGuard("exchange_handing_number", "(number = '') = (acknowledged_at IS NULL)"),
        CheckGuard("exchange_handing_known", "state NOT IN ('acknowledged', 'answered') OR number <> ''"),
        CheckGuard("exchange_handing_answered", "(state = 'answered') = (answered_at IS NOT NULL)"),
        CheckGuard("exchange_handing_attempts", "attempts >= 0"),
        IndexGuard("exchange_handing_queue", ("state", "asked_at", "id")),
        IndexGuard("exchange_handing_matter", ("matter_id",)),
    )

    class Meta:
        table = "exchange_handing"
