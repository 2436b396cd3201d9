"""Tables of whoever keeps the catalogue: what is being changed, who tries it, what was published when and why."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import UUID

from tortoise import fields

from lianxin.api import AppendOnlyGuard as AppendOnly
from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row, SealedField
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class ItemDraft(Row):
    """The next version of an item while it is written. `revision` counts the changes: who saves an old one is told.

    `edited_by` are ids of all who changed it. `based_on` is the version it began with; null for a new item.
    """

    item_id: UUID
    item: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Item", related_name="item_drafts", on_delete=fields.RESTRICT
    )
    based_on_id: UUID | None
    based_on: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "eservices.ItemVersion", related_name="item_drafts", on_delete=fields.RESTRICT, null=True
    )
    content = fields.JSONField[dict[str, Any]]()
    revision = fields.IntField(default=1)
    edited_by = fields.JSONField[list[str]]()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_item_draft_item", ("item_id",)),
        Check("eservices_item_draft_revision", "revision >= 1"),
    )

    class Meta:
        table = "eservices_item_draft"


class Trial(Row):
    """A trial run of a draft's questions by one editor: sealed as an application's answers are, and never sent."""

    item_draft_id: UUID
    item_draft: fields.ForeignKeyRelation[ItemDraft] = fields.ForeignKeyField(
        "eservices.ItemDraft", related_name="trials", on_delete=fields.CASCADE
    )
    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_trials", on_delete=fields.RESTRICT
    )
    answers = SealedField(null=True)
    papers = fields.JSONField[list[str]]()
    updated_at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (Unique("eservices_trial_one", ("item_draft_id", "person_id")),)

    class Meta:
        table = "eservices_trial"


class Publication(Row):
    """One line of an item's history: what was done with which version, by whom (null: the command line), and why."""

    item_id: UUID
    item: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.Item", related_name="publications", on_delete=fields.RESTRICT
    )
    version_id: UUID
    version: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "eservices.ItemVersion", related_name="publications", on_delete=fields.RESTRICT
    )
    deed = fields.CharField(max_length=12)
    reason = fields.CharField(max_length=300)
    by_id: UUID | None
    by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_publications", on_delete=fields.RESTRICT, null=True
    )
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_publication_kept"),
        Check("eservices_publication_deed", "deed IN ('published', 'set_live', 'withdrawn', 'offered')"),
        Check("eservices_publication_reason", "reason <> ''"),
        Index("eservices_publication_item", ("item_id", "at")),
    )

    class Meta:
        table = "eservices_publication"


THE_ONE: Final = UUID(int=1)


class Edition(Row):
    """One row: a mark that is new with every change of what is offered. Who has read the catalogue under it need not
    read it again."""

    mark = fields.UUIDField()

    guards: ClassVar[tuple[Guard, ...]] = (Check("eservices_edition_one", f"id = '{THE_ONE}'"),)

    class Meta:
        table = "eservices_edition"


CATALOGUE_TABLES: tuple[type[Row], ...] = (ItemDraft, Trial, Publication, Edition)
