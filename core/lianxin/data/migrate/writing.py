"""The text of a migration: Tortoise's writer without what goes without saying."""

from __future__ import annotations

import inspect
from typing import Any

from tortoise.fields.data import IntField, JSONField
from tortoise.migrations.operations import CreateModel
from tortoise.migrations.writer import ImportManager, MigrationWriter, _render_call

_OF_PRIMARY_KEYS = ("unique", "db_index")
_UNSAID = {"auto_now": False, "auto_now_add": False, "db_constraint": True, "unique": False}


class Writer(MigrationWriter):
    """Leaves out arguments that say the default, so that a migration can be read, and what depends on the machine.

    The encoder of a JSON column is one of them: which one is the default hangs on what is installed beside us.
    """

    def as_string(self) -> str:
        """The module."""
        what = "The first tables" if self.initial else "A change of the tables"
        return f'"""{what} of {self.app_label}."""\n\n{super().as_string()}'

    def _render_field(self, field: Any, imports: ImportManager) -> str:
        path, args, kwargs = field.deconstruct()
        return _render_call(path, args, _said(field, kwargs), imports)

    def _format_create_model(self, operation: CreateModel, imports: ImportManager, *, indent: str) -> list[str]:
        options = {key: value for key, value in (operation.options or {}).items() if key not in ("app", "pk_attr")}
        plain = CreateModel(operation.name, operation.fields, options)
        return super()._format_create_model(plain, imports, indent=indent)


def _said(field: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    said = {key: value for key, value in kwargs.items() if key not in _UNSAID or value is not _UNSAID[key]}
    if field.pk:
        said = {key: value for key, value in said.items() if key not in _OF_PRIMARY_KEYS}
        if isinstance(field, IntField):
            said["generated"] = field.generated  # unsaid it would be True
    if isinstance(field, JSONField):
        defaults = inspect.signature(JSONField.__init__).parameters
        for key in ("encoder", "decoder"):
            if said.get(key) is defaults[key].default:
                del said[key]
    return said
