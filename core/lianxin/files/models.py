"""Uploads: staged until the form goes through, then kept."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields

from lianxin.data.guards import Check, Guard, Index
from lianxin.data.row import Row
from lianxin.data.sealed import SealedField
from lianxin.directory.models import Person


class File(Row):
    """One uploaded thing, re-encoded by us. `name` is what the person's phone called it: shown, never used as a path.

    The bytes lie encrypted on disk under a key of their own, sealed in `content_key`: without it they are noise.
    """

    owner: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "lianxin.Person", related_name="files", on_delete=fields.RESTRICT, null=True
    )
    name = fields.CharField(max_length=200)
    media_type = fields.CharField(max_length=60)
    size = fields.BigIntField()
    sha256 = fields.CharField(max_length=64)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    content_key = SealedField(null=True)
    state = fields.CharField(max_length=10, default="staged")
    created_at = fields.DatetimeField()
    kept_at = fields.DatetimeField(null=True)

    guards: ClassVar[tuple[Guard, ...]] = (
        Check("file_state", "state IN ('staged', 'kept', 'gone')"),
        Check("file_size", "size >= 0"),
        Check("file_content_key", "content_key IS NOT NULL OR state = 'gone'"),
        Index("file_staged", ("state", "created_at")),
    )

    class Meta:
        table = "file"
