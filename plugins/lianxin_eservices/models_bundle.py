"""The services of an application: one, or several that a life event brings together."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class DraftPart(Row):
    """One service of an application, with the version that counted when it was begun.

    Of a life event all that might be chosen, in order: `chosen` may change until it is sent, the rest never. Each case
    points to the part that it came of, and no two cases to one; so cases of one draft know each other.
    """

    draft_id: UUID
    draft: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Draft", related_name="parts", on_delete=fields.RESTRICT
    )
    item_id: UUID
    item: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Item", related_name="draft_parts", on_delete=fields.RESTRICT
    )
    version_id: UUID
    version: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.ItemVersion", related_name="draft_parts", on_delete=fields.RESTRICT
    )
    place = fields.IntField()
    chosen = fields.BooleanField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_draft_part_item", ("draft_id", "item_id")),
        Unique("eservices_draft_part_place", ("draft_id", "place")),
        Check("eservices_draft_part_counted", "place >= 0"),
        Index("eservices_draft_part_version", ("version_id",)),
    )

    class Meta:
        table = "eservices_draft_part"
