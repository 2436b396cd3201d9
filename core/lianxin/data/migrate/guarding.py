"""Putting the declared guards in, and taking out those that are declared no more."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import BaseORMException
from tortoise.models import Model

from lianxin.data.guards import Check, Guard
from lianxin.data.migrate import guard_sql
from lianxin.data.migrate.editors import Editor, SqliteEditor
from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.history import (
    AppliedGuard,
    applied_guards,
    forget_guard,
    is_sqlite,
    record_guard,
    tables,
)
from lianxin.data.migrate.states import LazyState

_NAMED_CHECK = re.compile(r'CONSTRAINT "(\w+)" CHECK')


@dataclass(frozen=True, slots=True)
class Declared:
    """What the models of this site declare: every table of theirs, and the guards of each."""

    of_table: Mapping[str, Sequence[Guard]]

    def digests(self) -> dict[str, str]:
        """By name of the guard."""
        return {
            guard.name: guard_sql.digest(table, guard) for table, guards in self.of_table.items() for guard in guards
        }

    def catalogue_names(self, *, sqlite: bool) -> set[str]:
        """All the names under which they stand in the engine's catalogue."""
        return {
            part
            for guards in self.of_table.values()
            for guard in guards
            for part in guard_sql.parts(guard_sql.kind_of(guard), guard.name, sqlite=sqlite)
        }


def declared_guards(models: Sequence[type[Model]]) -> Declared:
    """Collects them. Raises MigrationError where two guards of the site have one name."""
    of_table: dict[str, Sequence[Guard]] = {}
    owner: dict[str, str] = {}
    for model in models:
        table = model._meta.db_table
        of_table[table] = tuple(getattr(model, "guards", ()))
        for guard in of_table[table]:
            if guard.name in owner:
                raise MigrationError(
                    f"The guard {guard.name!r} is declared for {owner[guard.name]} and for {table}: rename one of them."
                )
            owner[guard.name] = table
    return Declared(of_table)


async def stale_guards(client: Any, declared: Declared) -> list[str]:
    """The names of guards that the next run puts in or takes out."""
    applied = await applied_guards(client)
    there = await _catalogue(client)
    wanted = declared.digests()
    missing = {
        guard.name
        for guards in declared.of_table.values()
        for guard in guards
        if not _is_in(guard, wanted[guard.name], applied, there, sqlite=is_sqlite(client))
    }
    return sorted(missing | {row.name for row in _outdated(applied, declared, wanted)})


async def take_out_stale(client: Any, declared: Declared) -> None:
    """Takes out what is declared differently or no more. Tables of plugins that are not on keep theirs."""
    for row in _outdated(await applied_guards(client), declared, declared.digests()):
        await _take_out(client, row)


async def forget_tables_gone(client: Any) -> None:
    """After a table was dropped, so are its guards; PostgreSQL keeps the functions of its triggers until told."""
    there = await tables(client)
    for row in (await applied_guards(client)).values():
        if row.table not in there:
            await _take_out(client, row)


async def _take_out(client: Any, row: AppliedGuard) -> None:
    for statement in guard_sql.take_out(row.kind, row.name, row.table, sqlite=is_sqlite(client)):
        await client.execute_query(statement)
    await forget_guard(client, row.name)


def _outdated(applied: Mapping[str, AppliedGuard], declared: Declared, wanted: Mapping[str, str]) -> list[AppliedGuard]:
    known = set(declared.of_table)
    return [
        row
        for row in applied.values()
        if (row.name in wanted and wanted[row.name] != row.digest) or (row.name not in wanted and row.table in known)
    ]


async def put_in_missing(editor: Editor, state: LazyState, declared: Declared, *, strict: bool) -> None:
    """Puts in what is not there. Between two migrations (not `strict`) what doesn't fit yet is left for the last one.

    Raises MigrationError when `strict` and a guard can't be put in: rows that break it, or a column that isn't there.
    """
    there = await tables(editor.client)
    state.render()
    models = {model.table: state.apps.get_model(*key) for key, model in state.models.items()}
    for table, guards in declared.of_table.items():
        if table in there and table in models:
            await _complete_table(editor, models[table], guards, strict=strict)
        elif strict and guards:
            raise MigrationError(f"There is no migration that makes the table {table}: `lianxin makemigrations`.")


async def _complete_table(editor: Editor, model: type[Model], guards: Sequence[Guard], *, strict: bool) -> None:
    table, client = model._meta.db_table, editor.client
    if isinstance(editor, SqliteEditor):
        await _complete_checks(editor, model, [guard for guard in guards if isinstance(guard, Check)], strict=strict)
    columns = list(model._meta.fields_db_projection.values())
    applied, there = await applied_guards(client), await _catalogue(client)
    for guard in guards:
        wanted = guard_sql.digest(table, guard)
        if _is_in(guard, wanted, applied, there, sqlite=is_sqlite(client)):
            continue
        if isinstance(guard, Check) and is_sqlite(client):
            continue
        await _try(client, _PutIn(guard, table, columns), strict=strict)


async def _complete_checks(editor: SqliteEditor, model: type[Model], checks: Sequence[Check], *, strict: bool) -> None:
    table, client = model._meta.db_table, editor.client
    applied = await applied_guards(client)
    wanted = {check.name: guard_sql.digest(table, check) for check in checks}
    known = {name: applied[name].digest for name in await _checks_of(client, table) if name in applied}
    if wanted != known or len(known) != len(await _checks_of(client, table)):
        await _try(client, _Remake(editor, model, checks), strict=strict)


@dataclass(frozen=True, slots=True)
class _PutIn:
    guard: Guard
    table: str
    columns: Sequence[str]

    async def run(self, client: Any) -> None:
        sqlite = is_sqlite(client)
        kind = guard_sql.kind_of(self.guard)
        removal = guard_sql.take_out(kind, self.guard.name, self.table, sqlite=sqlite)
        for statement in [*removal, *guard_sql.put_in(self.guard, self.table, self.columns, sqlite=sqlite)]:
            await client.execute_query(statement)
        await _record(client, self.table, self.guard)

    def __str__(self) -> str:
        return f"The guard {self.guard.name} of {self.table}"


@dataclass(frozen=True, slots=True)
class _Remake:
    editor: SqliteEditor
    model: type[Model]
    checks: Sequence[Check]

    async def run(self, client: Any) -> None:
        await self.editor.remake(self.model, self.checks)
        for check in self.checks:
            await _record(client, self.model._meta.db_table, check)

    def __str__(self) -> str:
        return f"One of the checks {', '.join(check.name for check in self.checks)} of {self.model._meta.db_table}"


async def _record(client: Any, table: str, guard: Guard) -> None:
    row = AppliedGuard(guard.name, table, guard_sql.kind_of(guard), guard_sql.digest(table, guard))
    await record_guard(client, row)


async def _try(client: Any, step: _PutIn | _Remake, *, strict: bool) -> None:
    await client.execute_query("SAVEPOINT guarding")
    try:
        await step.run(client)
    except BaseORMException as fault:
        await client.execute_query("ROLLBACK TO SAVEPOINT guarding")
        if strict:
            raise MigrationError(
                f"{step} can't be put in: {fault}. Mend the rows that break it, or the declaration, and run again."
            ) from fault
    await client.execute_query("RELEASE SAVEPOINT guarding")


def _is_in(
    guard: Guard, wanted: str, applied: Mapping[str, AppliedGuard], there: Collection[str], *, sqlite: bool
) -> bool:
    names = guard_sql.parts(guard_sql.kind_of(guard), guard.name, sqlite=sqlite)
    return guard.name in applied and applied[guard.name].digest == wanted and all(name in there for name in names)


async def _catalogue(client: Any) -> set[str]:
    """The names of all checks, indexes and triggers that the engine has."""
    if is_sqlite(client):
        rows = await client.execute_query_dict("SELECT type, name, sql FROM sqlite_master")
        named = {row["name"] for row in rows if row["type"] in ("index", "trigger")}
        return named.union(*(_NAMED_CHECK.findall(row["sql"] or "") for row in rows if row["type"] == "table"))
    rows = await client.execute_query_dict(
        "SELECT conname AS name FROM pg_constraint WHERE connamespace = current_schema()::regnamespace "
        "UNION SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() "
        "UNION SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    )
    return {row["name"] for row in rows}


async def _checks_of(client: Any, table: str) -> list[str]:
    rows = await client.execute_query_dict("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", [table])
    return _NAMED_CHECK.findall(rows[0]["sql"]) if rows else []
