"""What every table of ours begins with."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model

from lianxin.data.guards import Guard
from lianxin.values.identifiers import uuid7


class Row(Model):
    """A row whose id is made before it is written, so that sealed values can be bound to it.

    Times are set by who writes the row, never by the library: time is an argument.
    """

    guards: ClassVar[tuple[Guard, ...]] = ()

    id = fields.UUIDField(primary_key=True, default=uuid7)

    @classmethod
    def has_room(cls, column: str, text: str) -> bool:
        """Whether this text could stand in the column at all. The ORM breaks when it is asked for longer ones."""
        longest: int = cls._meta.fields_map[column].max_length  # type: ignore[attr-defined]
        return len(text) <= longest

    class Meta:
        abstract = True
