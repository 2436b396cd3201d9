"""Tables of written notices: their numbers, and each as it was issued."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from tortoise import fields

from lianxin.api import AppendOnlyGuard as AppendOnly
from lianxin.api import CheckGuard as Check
from lianxin.api import Guard, Row, SealedField
from lianxin.api import IndexGuard as Index
from lianxin.api import UniqueGuard as Unique


class NoticeSeries(Row):
    """The last number of one office, kind and year. Its row is held until the change is committed: no number is lost.

    `issuer` is the id of the organisation, or the short name of a department that the directory does not have.
    """

    issuer = fields.CharField(max_length=80)
    series = fields.CharField(max_length=12)
    year = fields.IntField()
    reached = fields.IntField(default=0)

    guards: ClassVar[tuple[Guard, ...]] = (
        Unique("eservices_notice_series_one", ("issuer", "series", "year")),
        Check("eservices_notice_series_from", "reached >= 0"),
    )

    class Meta:
        table = "eservices_notice_series"


class Notice(Row):
    """One notice as it was issued: `text` is sealed and never changes, whatever becomes of the case or of the words.

    `name` says which text of data/notices.yaml it was made from; `title` is what stands above it.
    """

    matter_id: UUID
    matter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "lianxin.Matter", related_name="eservices_notices", on_delete=fields.RESTRICT
    )
    issuer = fields.CharField(max_length=80)
    series = fields.CharField(max_length=12)
    year = fields.IntField()
    number = fields.IntField()
    name = fields.CharField(max_length=12)
    title = fields.CharField(max_length=40)
    text = SealedField()
    issued_at = fields.DatetimeField()
    issued_by_id = fields.UUIDField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        AppendOnly("eservices_notice_kept"),
        Unique("eservices_notice_number", ("issuer", "series", "year", "number")),
        Check("eservices_notice_from_one", "number >= 1"),
        Check(
            "eservices_notice_series_known",
            "series IN ('acceptance', 'correction', 'extension', 'refusal', 'decision')",
        ),
        Index("eservices_notice_matter", ("matter_id",)),
    )

    class Meta:
        table = "eservices_notice"


NOTICE_TABLES = (NoticeSeries, Notice)
