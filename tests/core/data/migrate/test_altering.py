"""Altering every table of the kernel, with rows in it and rows of a plugin that point to it (acceptance 6)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tortoise.context import get_current_context
from tortoise.models import Model

from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite, open_database
from lianxin.data.migrate import make_migrations, migrate, pending
from tests.core.data.migrate.packages import add_migration, write_package
from tests.core.data.migrate.rows import kernel_models, make_row

pytestmark = pytest.mark.anyio

KERNEL = """
import importlib
from tortoise.models import Model
from lianxin.data.connection import KERNEL_MODELS

for module in KERNEL_MODELS:
    for name, found in vars(importlib.import_module(module)).items():
        if isinstance(found, type) and issubclass(found, Model) and not found._meta.abstract:
            globals()[name] = found
del found
"""
CHILDREN = """
from tortoise import fields
from tortoise.models import Model
from PARENTS import models as parents

def pointers():
    for parent in list(vars(parents).values()):
        if isinstance(parent, type) and issubclass(parent, Model) and parent is not Model:
            table = parent._meta.db_table
            for kind, on_delete in (("kept", fields.RESTRICT), ("lost", fields.CASCADE)):
                yield f"{kind}_{table}", fields.ForeignKeyField(
                    f"lianxin.{parent.__name__}", related_name=False, on_delete=on_delete, null=True
                )

Child = type("Child", (Model,), {
    "__module__": __name__,
    "id": fields.IntField(primary_key=True),
    **dict(pointers()),
    "Meta": type("Meta", (), {"table": "child"}),
})
"""
ALTERED = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from PACKAGE import models

def alterations(name, model):
    yield ops.AddField(name, "added_text", fields.CharField(max_length=50, default="it's {new}; here"))
    yield ops.AddField(name, "added_number", fields.IntField(null=True))
    yield ops.AlterField(name, "added_number", fields.IntField(default=7))
    yield ops.AddField(name, "added_when", fields.DatetimeField(null=True))
    yield ops.RemoveField(name, "added_when")
    for column, field in model._meta.fields_map.items():
        if type(field) is fields.CharField and not field.pk and not field.null:
            yield ops.AlterField(name, column, fields.CharField(max_length=field.max_length + 100, null=True))
            break

class Migration(migrations.Migration):
    dependencies = [("lianxin", "0001_initial")]
    operations = [
        operation
        for name, model in sorted(vars(models).items())
        if isinstance(model, type) and name != "Model"
        for operation in alterations(name, model)
    ]
"""


async def fingerprint(table: str, columns: list[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    rows = await connection().execute_query_dict(f'SELECT {names} FROM "{table}" ORDER BY 1')
    assert rows
    return hashlib.sha256(repr([tuple(dict(row).values()) for row in rows]).encode()).hexdigest()


async def promises() -> set[tuple[str, ...]]:
    """Every check, index and trigger, with its text where the alteration leaves that alone."""
    if is_sqlite():
        rows = await connection().execute_query_dict("SELECT name, sql FROM sqlite_master WHERE type <> 'table'")
        checks = await connection().execute_query_dict("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        found = {(row["name"], row["sql"] or "") for row in rows if not row["name"].startswith("sqlite_")}
        found |= {
            (row["name"], line.strip().rstrip(","))
            for row in checks
            for line in row["sql"].splitlines()
            if "CHECK" in line or "REFERENCES" in line
        }
        return {each for each in found if "consent_kept_update" not in each[0]}
    sql = (
        "SELECT conname AS name, conrelid::regclass::text AS of, "
        "CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END AS text FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' "
        "UNION ALL SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal"
    )
    return {tuple(row.values()) for row in map(dict, await connection().execute_query_dict(sql))}


async def plant() -> dict[str, list[str]]:
    """A row in every table, and one of a plugin that points to it; answers the columns of each table."""
    context = get_current_context()
    assert context is not None
    assert context.apps is not None
    planted: dict[str, list[str]] = {}
    child: Any = context.apps.get_model("children", "Child")
    for model in kernel_models(context.apps):
        row = await make_row(model)
        table = str(model._meta.db_table)
        await child.create(**{f"kept_{table}_id": row.pk, f"lost_{table}_id": row.pk})
        planted[table] = _columns(model)
    return planted | {"child": _columns(child)}


def _columns(model: type[Model]) -> list[str]:
    """The key first."""
    names = model._meta.fields_db_projection
    key = names[str(model._meta.pk_attr)]
    return [key, *(name for name in names.values() if name != key)]


async def test_every_table_is_altered_and_nothing_is_lost(
    site_config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "packages"
    path.mkdir()
    monkeypatch.syspath_prepend(str(path))
    kernel = write_package(path, KERNEL)
    children = write_package(path, CHILDREN.replace("PARENTS", kernel.partition(".")[0]))
    plugins = [("lianxin", kernel), ("children", children)]
    assert await make_migrations("lianxin", plugins)
    assert await make_migrations("children", plugins)
    assert await migrate(site_config, plugins) == ["children.0001_initial"]
    async with open_database(site_config, plugins):
        planted = await plant()
        before = {table: await fingerprint(table, columns) for table, columns in planted.items()}
        promised = await promises()

    add_migration(path, kernel, "0002_altered", ALTERED)
    assert await migrate(site_config, plugins) == ["lianxin.0002_altered"]

    assert await pending(site_config, plugins) == []
    async with open_database(site_config, plugins):
        assert {table: await fingerprint(table, columns) for table, columns in planted.items()} == before
        assert await promises() == promised
        for table in planted:
            if table != "child":
                added = await connection().execute_query_dict(f'SELECT added_text, added_number FROM "{table}"')
                assert {(row["added_text"], row["added_number"]) for row in added} == {("it's {new}; here", 7)}
