"""A valid row of any table, made from its model: what a test of the database's own promises starts from."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from tortoise import fields
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from lianxin.data.connection import KERNEL_APP
from lianxin.data.sealed import Sealed, SealedField
from lianxin.values.identifiers import uuid7

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

# What a table's checks ask for beyond the types of its columns.
VALID: Mapping[str, Mapping[str, object]] = {
    "credential": {"method": "totp"},
    "sign_in_code": {"purpose": "phone", "phone_key": "k"},
    "session": {"stage": "choose_person"},
    "consent": {"channel": "web"},
    "clock": {"limit_unit": "hour"},
    "rating": {"grade": 5},
    "file": {"content_key": Sealed(b"key")},
    "setting": {"value": {"is": 1}},
    "message_choice": {"quiet_from": 1260, "quiet_until": 420},
}
_numbers = itertools.count(1)


def kernel_models(apps: Any) -> list[type[Model]]:
    """All models of the kernel, in the order of their tables' names."""
    return sorted(apps[KERNEL_APP].values(), key=lambda model: str(model._meta.db_table))


async def make_row(model: type[Model], filled: tuple[str, ...] = (), **given: Any) -> Model:
    """Writes one valid row and the rows it must point to. Nullable columns stay null but for those `filled`."""
    values: dict[str, Any] = {**VALID.get(str(model._meta.db_table), {}), **given}
    for name, field in model._meta.fields_map.items():
        if isinstance(field, ForeignKeyFieldInstance):
            column = field.source_field or f"{name}_id"
            if column not in values and (not field.null or column in filled):
                values[column] = (await make_row(field.related_model)).pk
    for name in model._meta.fields_db_projection:
        field = model._meta.fields_map[name]
        if name not in values and getattr(field, "reference", None) is None and _asked(field, name, filled):
            values[name] = _value(field)
    return await model.create(**values)


def _asked(field: Any, name: str, filled: tuple[str, ...]) -> bool:
    return name in filled or (not field.null and field.default is None)


def _value(field: Any) -> object:
    number = next(_numbers)
    if isinstance(field, SealedField):
        return Sealed(b"cipher")
    if isinstance(field, fields.UUIDField):
        return uuid7()
    if isinstance(field, fields.CharField):
        return str(number).rjust(min(field.max_length, 8), "v")
    if isinstance(field, fields.TextField):
        return f"text {number}"
    if isinstance(field, fields.BooleanField):
        return True
    if isinstance(field, fields.IntField):
        return 2000 + number % 200
    if isinstance(field, fields.DatetimeField):
        return NOW
    if isinstance(field, fields.DateField):
        return date(2026, 1, 1 + number % 28)
    if isinstance(field, fields.JSONField):
        return {"n": number}
    raise AssertionError(f"no value for a {type(field).__name__}")
