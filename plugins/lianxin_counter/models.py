"""Tables: the counters of a station, its day, the slips of that day, and what was made while one was served."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row, SealedField
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique

_BUSY = "state IN ('called', 'serving')"
_OVER = "state IN ('done', 'left')"


class Counter(Row):
    """One counter of a station. `clerk` is who sits there now; nobody sits at two, and no two at one."""

    area_id: UUID
    area: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Area", related_name="counters", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    clerk_id: UUID | None
    clerk: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="counters", on_delete=fields.RESTRICT, null=True
    )
    seated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("counter_counter_number", ("area_id", "number")),
        Unique("counter_counter_seat", ("clerk_id",), "clerk_id IS NOT NULL"),
        Check("counter_counter_numbered", "number BETWEEN 1 AND 99"),
        Check("counter_counter_seated", "(clerk_id IS NULL) = (seated_at IS NULL)"),
    )

    class Meta:
        table = "counter_counter"


class Day(Row):
    """One day of a station: the last numbers given, and how many priority numbers were called since an ordinary one."""

    area_id: UUID
    area: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Area", related_name="counter_days", on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    ordinary = fields.IntField(default=0)
    priority = fields.IntField(default=0)
    streak = fields.IntField(default=0)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("counter_day_once", ("area_id", "day")),
        Check("counter_day_counts", "ordinary >= 0 AND priority >= 0 AND streak >= 0"),
    )

    class Meta:
        table = "counter_day"


class Slip(Row):
    """A number of the day. `kind` A is ordinary, P goes first by the rule of rules/order.py.

    `first_called_at` ends the wait that figures count; `called_at` is the latest call. `meant_for` is the counter to
    which a colleague has handed it on. What was written down of the person goes with the slip's end.
    """

    area_id: UUID
    area: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Area", related_name="counter_slips", on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    kind = fields.CharField(max_length=1)
    number = fields.IntField()
    code = fields.CharField(max_length=16)
    priority = fields.CharField(max_length=10, default="")
    name = SealedField(null=True)
    about = fields.CharField(max_length=60, default="")
    state = fields.CharField(max_length=10, default="waiting")
    clerk_id: UUID | None
    clerk: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="counter_slips", on_delete=fields.RESTRICT, null=True
    )
    counter_id: UUID | None
    counter: fields.ForeignKeyNullableRelation[Counter] = fields.ForeignKeyField(
        "counter.Counter", related_name="slips", on_delete=fields.RESTRICT, null=True
    )
    meant_for_id: UUID | None
    meant_for: fields.ForeignKeyNullableRelation[Counter] = fields.ForeignKeyField(
        "counter.Counter", related_name="expected", on_delete=fields.RESTRICT, null=True
    )
    calls = fields.IntField(default=0)
    taken_at = fields.DatetimeField()
    first_called_at = fields.DatetimeField(null=True)
    called_at = fields.DatetimeField(null=True)
    serving_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("counter_slip_number", ("area_id", "day", "kind", "number")),
        Unique("counter_slip_code", ("code",)),
        Unique("counter_slip_one_a_clerk", ("clerk_id",), _BUSY),
        Unique("counter_slip_one_a_counter", ("counter_id",), _BUSY),
        Check("counter_slip_kind", "kind IN ('A', 'P') AND (kind = 'P') = (priority <> '')"),
        Check("counter_slip_state", "state IN ('waiting', 'called', 'serving', 'missed', 'done', 'left')"),
        Check("counter_slip_served", f"NOT ({_BUSY}) OR (clerk_id IS NOT NULL AND counter_id IS NOT NULL)"),
        Check("counter_slip_free", "state NOT IN ('waiting', 'missed') OR (clerk_id IS NULL AND counter_id IS NULL)"),
        Check("counter_slip_ended", f"({_OVER}) = (ended_at IS NOT NULL)"),
        Check("counter_slip_forgotten", f"NOT ({_OVER}) OR (name IS NULL AND about = '')"),
        Index("counter_slip_today", ("area_id", "day", "state")),
        Index("counter_slip_open", ("state", "taken_at")),
    )

    class Meta:
        table = "counter_slip"


class Made(Row):
    """A matter that a clerk opened while she served a slip."""

    slip_id: UUID
    slip: fields.ForeignKeyRelation[Slip] = fields.ForeignKeyField(
        "counter.Slip", related_name="made", on_delete=fields.RESTRICT
    )
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="counter_made", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("counter_made_once", ("matter_id",)),
        Index("counter_made_of", ("slip_id", "at")),
    )

    class Meta:
        table = "counter_made"
