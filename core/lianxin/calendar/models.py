"""The county's calendar of working days, which administrators can correct."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model

from lianxin.data.guards import Check, Guard


class CalendarYear(Model):
    """That a year's holidays have been entered: until then its deadlines are provisional."""

    year = fields.IntField(primary_key=True, generated=False)
    entered_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Check("calendar_year_range", "year BETWEEN 2000 AND 2200"),)

    class Meta:
        table = "calendar_year"


class CalendarDay(Model):
    """A day that is not what its weekday says: a holiday, or a weekend day that is worked."""

    day = fields.DateField(primary_key=True)
    working = fields.BooleanField()
    note = fields.CharField(max_length=80, default="")

    class Meta:
        table = "calendar_day"
