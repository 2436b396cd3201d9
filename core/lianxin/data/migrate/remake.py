"""SQLite: a table made anew under its own name, with its rows and with all that hung on it.

SQLite can't alter a column or a CHECK in place. The loop has turned foreign keys off before its transaction: dropping
a parent with them on would delete its children by CASCADE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tortoise.fields.base import Field
from tortoise.models import Model

from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.literals import default_literal


def statements_of(sql: str) -> list[str]:
    """A script as its statements; a `;` inside a string, a comment or a trigger ends none of them."""
    found: list[str] = []
    held = ""
    for piece in sql.split(";"):
        held += piece + ";"
        if sqlite3.complete_statement(held):
            found.append(held.strip())
            held = ""
    rest = held.strip().rstrip(";").strip()
    return [each for each in [*found, rest] if each.strip("; \n")]


async def columns_of(client: Any, table: str) -> dict[str, bool]:
    """The columns that are there, in order; the value says whether one may be null."""
    rows = await client.execute_query_dict(f'PRAGMA table_info("{table}")')
    return {row["name"]: not row["notnull"] for row in rows}


async def remake_table(
    client: Any,
    model: type[Model],
    create: Sequence[str],
    *,
    renamed: Mapping[str, str],
    leave_out: Collection[str],
) -> None:
    """Makes the table of `model` anew by `create` (CREATE TABLE, then its indexes) and copies its rows.

    `renamed` gives the old name of a new column. What hung on the table is put back as it was, without the names in
    `leave_out`, which the caller puts in by itself. Raises MigrationError where a new column has no value.
    """
    table = model._meta.db_table
    made, *indexes = create
    hanging = await _hanging_on(client, table)
    number = await _last_number(client, table)
    copied = await _copied(client, model, renamed)
    new = f"new__{table}"
    await client.execute_query(made.replace(f'CREATE TABLE "{table}"', f'CREATE TABLE "{new}"', 1))
    names, values = ", ".join(f'"{name}"' for name in copied), ", ".join(copied.values())
    await client.execute_query(f'INSERT INTO "{new}" ({names}) SELECT {values} FROM "{table}"')  # noqa: S608
    await client.execute_query(f'DROP TABLE "{table}"')
    await _rename(client, new, table)
    await _keep_number(client, table, number)
    for statement in indexes:
        await client.execute_query(statement)
    await _put_back(client, table, hanging, leave_out)


async def _rename(client: Any, new: str, table: str) -> None:
    # The old behaviour leaves alone what other tables, views and triggers say about the name: it is the same again.
    await client.execute_query("PRAGMA legacy_alter_table=ON")
    await client.execute_query(f'ALTER TABLE "{new}" RENAME TO "{table}"')
    await client.execute_query("PRAGMA legacy_alter_table=OFF")


async def _hanging_on(client: Any, table: str) -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    return {row["name"]: row["sql"] for row in await client.execute_query_dict(sql, [table])}


async def _put_back(client: Any, table: str, hanging: Mapping[str, str], leave_out: Collection[str]) -> None:
    there = await _hanging_on(client, table)
    for name, sql in hanging.items():
        if name not in there and name not in leave_out and not name.startswith(("idx_", "uidx_", "uid_")):
            await client.execute_query(sql)


async def _copied(client: Any, model: type[Model], renamed: Mapping[str, str]) -> dict[str, str]:
    """For each column to be filled, where its value comes from."""
    table = model._meta.db_table
    old = await columns_of(client, table)
    rows = await client.execute_query_dict(f'SELECT EXISTS (SELECT 1 FROM "{table}") AS some')  # noqa: S608
    source: dict[str, str] = {}
    for name, column in model._meta.fields_db_projection.items():
        field = model._meta.fields_map[name]
        before = renamed.get(column, column)
        if before in old:
            source[column] = _carried(field, before, nullable=old[before])
        elif (value := _filled(field, table, column, needed=bool(rows[0]["some"]))) is not None:
            source[column] = value
    return source


def _carried(field: Field[Any], column: str, *, nullable: bool) -> str:
    default = default_literal(field, sqlite=True)
    if nullable and not field.null and default is not None:
        return f'COALESCE("{column}", {default})'
    return f'"{column}"'


def _filled(field: Field[Any], table: str, column: str, *, needed: bool) -> str | None:
    """None where the column's own DEFAULT, or nothing, is right."""
    if field.has_db_default() or not needed:
        return None
    default = default_literal(field, sqlite=True)
    if default is None and not field.null:
        raise MigrationError(
            f"{table}.{column} may not be null and has no default, and {table} has rows. "
            "Give it a default, or null=True first and a migration that fills it."
        )
    return default


async def _last_number(client: Any, table: str) -> int | None:
    """The highest number that AUTOINCREMENT gave out: a number of a row that is gone must not come again."""
    if not await _counts(client):
        return None
    rows = await client.execute_query_dict("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
    return int(rows[0]["seq"]) if rows else None


async def _keep_number(client: Any, table: str, number: int | None) -> None:
    if number is not None and await _counts(client):
        await client.execute_query("DELETE FROM sqlite_sequence WHERE name = ?", [table])
        await client.execute_query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, number])


async def _counts(client: Any) -> bool:
    return bool(await client.execute_query_dict("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"))
