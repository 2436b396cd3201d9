"""The two tables of the loop itself: which migrations were applied, which guards are in.

A read that fails is an error, never "nothing was applied": whether the tables are there is asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.migrations.graph import MigrationKey

TABLES = (
    'CREATE TABLE IF NOT EXISTS "migration" ('
    "app VARCHAR(100) NOT NULL, name VARCHAR(200) NOT NULL, applied_at TIMESTAMPTZ NOT NULL, PRIMARY KEY (app, name))",
    'CREATE TABLE IF NOT EXISTS "guard_applied" ('
    "name VARCHAR(63) NOT NULL PRIMARY KEY, table_name VARCHAR(63) NOT NULL, "
    "kind VARCHAR(20) NOT NULL, digest VARCHAR(64) NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class AppliedGuard:
    """A guard that the loop once put in. `kind` is its class name; `digest` is of its declaration."""

    name: str
    table: str
    kind: str
    digest: str


def is_sqlite(client: Any) -> bool:
    """Which engine a client speaks to."""
    return bool(client.capabilities.dialect == "sqlite")


async def tables(client: Any) -> set[str]:
    """The names of all tables that are there, whoever made them."""
    if is_sqlite(client):
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    else:
        sql = "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
    return {row["name"] for row in await client.execute_query_dict(sql)}


async def make_tables(client: Any) -> None:
    """Makes the two tables where they are not there."""
    for statement in TABLES:
        await client.execute_query(statement)


async def applied_migrations(client: Any) -> list[MigrationKey]:
    """What was applied, by app and name. Empty where the table isn't there yet; raises when it can't be read."""
    if "migration" not in await tables(client):
        return []
    rows = await client.execute_query_dict('SELECT app, name FROM "migration" ORDER BY app, name')
    return [MigrationKey(app_label=row["app"], name=row["name"]) for row in rows]


async def applied_guards(client: Any) -> dict[str, AppliedGuard]:
    """The guards that were put in, by name."""
    if "guard_applied" not in await tables(client):
        return {}
    rows = await client.execute_query_dict('SELECT name, table_name, kind, digest FROM "guard_applied"')
    return {row["name"]: AppliedGuard(row["name"], row["table_name"], row["kind"], row["digest"]) for row in rows}


async def record_migration(client: Any, key: MigrationKey, at: datetime) -> None:
    """Says that a migration was applied, in the transaction of its operations."""
    moment = at.isoformat(" ") if is_sqlite(client) else at
    sql = 'INSERT INTO "migration" (app, name, applied_at) VALUES ($1, $2, $3)'
    await client.execute_query(for_engine(client, sql), [key.app_label, key.name, moment])


async def record_guard(client: Any, guard: AppliedGuard) -> None:
    """Says that a guard is in."""
    await forget_guard(client, guard.name)
    sql = 'INSERT INTO "guard_applied" (name, table_name, kind, digest) VALUES ($1, $2, $3, $4)'
    await client.execute_query(for_engine(client, sql), [guard.name, guard.table, guard.kind, guard.digest])


async def forget_guard(client: Any, name: str) -> None:
    """Says that a guard is out."""
    await client.execute_query(for_engine(client, 'DELETE FROM "guard_applied" WHERE name = $1'), [name])


def for_engine(client: Any, sql: str) -> str:
    """$1 is PostgreSQL's way to name a place; SQLite writes ?1 for the same."""
    return sql.replace("$", "?") if is_sqlite(client) else sql
