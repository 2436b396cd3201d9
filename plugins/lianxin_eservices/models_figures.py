"""The table of kept figures."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class Kept(Row):
    """What is counted, whatever it is counted of."""

    month = fields.DateField()
    office = fields.CharField(max_length=80)
    received = fields.IntField(default=0)
    decided = fields.IntField(default=0)
    on_time = fields.IntField(default=0)
    corrections = fields.IntField(default=0)
    call_backs = fields.IntField(default=0)
    days = fields.JSONField[dict[str, int]]()
    grades = fields.JSONField[dict[str, int]]()
    counted_at = fields.DatetimeField()

    class Meta:
        abstract = True


class Figure(Kept):
    """What one office did with one service in one month; no person is in it.

    `office` is the id of the organisation that decides, or the short name of a department that the directory does not
    have. `days` counts decided cases by the working days they took, `grades` the ratings by grade: two months, or two
    offices, are added up and still have a median.
    """

    item_id: UUID
    item: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Item", related_name="figures", on_delete=fields.RESTRICT
    )

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_figure_one", ("month", "office", "item_id")),
        Check("eservices_figure_some", "received + decided + call_backs >= 0 AND received >= 0 AND decided >= 0"),
        Check("eservices_figure_time", "on_time >= 0 AND on_time <= decided"),
        Check("eservices_figure_more", "corrections >= 0 AND call_backs >= 0"),
        Index("eservices_figure_office", ("office", "month")),
        Index("eservices_figure_item", ("item_id", "month")),
    )

    class Meta:
        table = "eservices_figure"


class OfficeFigure(Kept):
    """The same of all services of an office together: a county adds up offices, not thousands of services."""

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_office_figure_one", ("office", "month")),
        Check("eservices_office_figure_some", "received >= 0 AND decided >= 0 AND on_time BETWEEN 0 AND decided"),
        Check("eservices_office_figure_more", "corrections >= 0 AND call_backs >= 0"),
    )

    class Meta:
        table = "eservices_office_figure"


FIGURE_TABLES = (Figure, OfficeFigure)
