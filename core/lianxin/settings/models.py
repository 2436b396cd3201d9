"""The table of settings: what differs from the defaults, for the site or for one area."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields

from lianxin.data.guards import Check, Guard, Unique
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField


class Setting(Row):
    """`name` is `<owner>.<field>`; `value` is {"is": …} in clear, or sealed when it is secret (then null)."""

    name = fields.CharField(max_length=120)
    area_id = fields.UUIDField(null=True)
    value = fields.JSONField[dict[str, object]](null=True)
    sealed = SealedField(null=True)
    changed_at = fields.DatetimeField()
    changed_by_id = fields.UUIDField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("setting_site", ("name",), "area_id IS NULL"),
        Unique("setting_area", ("name", "area_id"), "area_id IS NOT NULL"),
        Check("setting_one_form", "(value IS NULL) <> (sealed IS NULL)"),
    )

    class Meta:
        table = "setting"
