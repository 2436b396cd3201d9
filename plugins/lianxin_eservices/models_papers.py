"""Tables of a person's papers: what she lets us keep for the next time, its pages, and each use of it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from lianxin.api import AppendOnlyGuard as AppendOnly
from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class KeptPaper(Row):
    """One paper of `person`, from the case for which it was handed in, kept by her word until a day.

    Its kind is `code` and `name`, as guides have them: by these another service asks for the same. Never changed but
    for its end, once: `reason` says why.
    """

    person_id: UUID
    person: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_papers", on_delete=fields.RESTRICT
    )
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_papers_kept", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=24)
    name = fields.CharField(max_length=120)
    name_en = fields.CharField(max_length=200)
    kept_at = fields.DatetimeField()
    valid_until = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=10, null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_kept_paper_kept", but=("ended_at", "reason")),
        Unique("eservices_kept_paper_one", ("person_id", "code", "name"), "ended_at IS NULL"),
        Check("eservices_kept_paper_span", "valid_until > kept_at"),
        Check("eservices_kept_paper_reason", "reason IN ('removed', 'expired', 'replaced', 'withdrawn')"),
        Check("eservices_kept_paper_ended", "(ended_at IS NULL) = (reason IS NULL)"),
        Index("eservices_kept_paper_until", ("ended_at", "valid_until")),
    )

    class Meta:
        table = "eservices_kept_paper"


class KeptPage(Row):
    """One page of a kept paper: a file that cases may hold as well."""

    paper_id: UUID
    paper: fields.ForeignKeyRelation[KeptPaper] = fields.ForeignKeyField(
        "eservices.KeptPaper", related_name="pages", on_delete=fields.RESTRICT
    )
    file_id: UUID
    file: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.File", related_name="eservices_pages", on_delete=fields.RESTRICT
    )
    place = fields.IntField()

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_kept_page_kept"),
        Unique("eservices_kept_page_place", ("paper_id", "place")),
        Unique("eservices_kept_page_once", ("file_id", "paper_id")),
        Check("eservices_kept_page_order", "place >= 0"),
    )

    class Meta:
        table = "eservices_kept_page"


class PaperUse(Row):
    """That a kept paper was handed in for a case: when, and by whom.

    `witness` is the colleague at the desk who heard her say yes; null where she did it herself.
    """

    paper_id: UUID
    paper: fields.ForeignKeyRelation[KeptPaper] = fields.ForeignKeyField(
        "eservices.KeptPaper", related_name="uses", on_delete=fields.RESTRICT
    )
    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_papers_used", on_delete=fields.RESTRICT
    )
    witness_id: UUID | None
    witness: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "lianxin.Person", related_name="eservices_papers_heard", on_delete=fields.RESTRICT, null=True
    )
    at = fields.DatetimeField()

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_paper_use_kept"),
        Unique("eservices_paper_use_once", ("paper_id", "matter_id")),
    )

    class Meta:
        table = "eservices_paper_use"


PAPER_TABLES: tuple[type[Model], ...] = (KeptPaper, KeptPage, PaperUse)
