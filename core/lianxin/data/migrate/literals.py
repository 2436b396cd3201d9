"""What stands in a new column of rows that were there before it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from tortoise.fields.base import Field

from lianxin.data.migrate.errors import MigrationError


def default_literal(field: Field[Any], *, sqlite: bool) -> str | None:
    """The model's default as SQL; None where there is none, or where each row needs one of its own (an id)."""
    value = field.default
    if callable(value):
        value = value()
    if value is None or isinstance(value, UUID):
        return None
    if isinstance(value, dict | list):
        value = json.dumps(value, separators=(",", ":"))
    return literal(value, sqlite=sqlite)


def literal(value: object, *, sqlite: bool) -> str:
    """A value as SQL. Raises MigrationError for a kind that no column of ours has a default of."""
    if isinstance(value, bool):
        return str(int(value)) if sqlite else str(value).upper()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, bytes):
        return f"X'{value.hex()}'" if sqlite else f"'\\x{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if hasattr(value, "isoformat"):
        return f"'{value.isoformat()}'"
    raise MigrationError(
        f"{value!r} can't be a default of a new column: give the column null=True, and fill it by Sql."
    )
