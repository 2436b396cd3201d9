"""The loop: one lock for the whole run, each migration with its record in one transaction, the guards put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from tortoise.context import TortoiseContext
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import CreateModel, Operation, RunPython
from tortoise.transactions import in_transaction

from lianxin.config import Config
from lianxin.data.connection import connection, database_settings, open_database
from lianxin.data.migrate.editors import Editor, make_editor
from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.guarding import (
    Declared,
    declared_guards,
    forget_tables_gone,
    put_in_missing,
    stale_guards,
    take_out_stale,
)
from lianxin.data.migrate.history import applied_migrations, is_sqlite, make_tables, record_migration, tables
from lianxin.data.migrate.lock import one_at_a_time
from lianxin.data.migrate.making import initial_migrations, written_migrations
from lianxin.data.migrate.plan import Plan, key_of, load_plan
from lianxin.data.migrate.states import LazyState, empty_state
from lianxin.data.unit import CONNECTION

Report = Callable[[str], None]
Plugins = Sequence[tuple[str, str]]


async def migrate(config: Config, plugins: Plugins = (), *, report: Report | None = None) -> list[str]:
    """Brings the database to what the program needs, and answers the names of what was applied, as `app.name`.

    Waits while another process does the same, and then finds nothing to do. `report` hears a line before each
    operation. Raises MigrationError: the database then is as it was before the migration named there, and the next run
    begins with that one. Tables of plugins that are not among `plugins` stay as they are.
    """
    run = _Run(report or _silent)
    async with one_at_a_time(config, run.report):
        async with open_database(config, plugins) as context:
            history = await applied_migrations(connection())
            plan = await load_plan(database_settings(config, plugins)["apps"], history)
            return await run.apply(plan, _declared(context))


async def make_from_models(config: Config, plugins: Plugins = ()) -> None:
    """Makes an empty database straight from the models, by the operations that their first migrations would have.

    For tests, while models change from hour to hour.
    """
    async with open_database(config, plugins) as context:
        apps = database_settings(config, plugins)["apps"]
        plan = Plan(empty_state(apps), initial_migrations(context))
        await _Run(_silent).apply(plan, _declared(context))
        client = connection()
        done = set(await applied_migrations(client))
        for key in await written_migrations(apps):
            if key not in done:  # the models have in them what it does
                await record_migration(client, key, datetime.now(UTC))


async def pending(config: Config, plugins: Plugins = ()) -> list[str]:
    """What `migrate` would do: `app.name` of each migration, then `guard <name>` of each guard. Changes nothing."""
    async with open_database(config, plugins) as context:
        apps = database_settings(config, plugins)["apps"]
        if config.database == "sqlite" and not config.sqlite_file.exists():
            return [str(key_of(each)) for each in (await load_plan(apps, [])).pending]
        client = connection()
        plan = await load_plan(apps, await applied_migrations(client))
        guards = await stale_guards(client, _declared(context))
    return [*(str(key_of(each)) for each in plan.pending), *(f"guard {name}" for name in guards)]


def _declared(context: TortoiseContext) -> Declared:
    assert context.apps is not None
    return declared_guards([model for app in context.apps.values() for model in app.values()])


def _silent(_: str) -> None:
    """For who wants to hear nothing."""


@dataclass(frozen=True, slots=True)
class _Run:
    report: Report

    async def apply(self, plan: Plan, declared: Declared) -> list[str]:
        client = connection()
        if is_sqlite(client):
            # Takes effect only outside a transaction; this connection is the loop's own and ends with it.
            await client.execute_query("PRAGMA foreign_keys=OFF")
        for place, migration in enumerate(plan.pending, 1):
            await self._migration(migration, plan.state, declared, last=place == len(plan.pending))
        if not plan.pending and await stale_guards(client, declared):
            await self._guards_alone(plan.state, declared)
        return [str(key_of(each)) for each in plan.pending]

    async def _migration(self, migration: Migration, state: LazyState, declared: Declared, *, last: bool) -> None:
        async with in_transaction(CONNECTION) as client:
            await _begin(client, declared)
            editor = make_editor(client, declared.catalogue_names(sqlite=is_sqlite(client)))
            counted = await _count(client)
            for operations in _together(migration.operations):
                await self._operations(editor, migration, operations, state)
            self.report(f"{key_of(migration)}: guards and record")
            await forget_tables_gone(client)
            await put_in_missing(editor, state, declared, strict=last)
            await _compare(client, migration, counted)
            await record_migration(client, key_of(migration), datetime.now(UTC))

    async def _operations(
        self, editor: Editor, migration: Migration, operations: Sequence[Operation], state: LazyState
    ) -> None:
        operation = operations[0]
        try:
            before = state.snapshot(for_queries=isinstance(operation, RunPython))
            for operation in operations:
                operation.state_forward(migration.app_label, state)
            state.render()
            for operation in operations:
                self.report(f"{key_of(migration)}: {operation.describe()}")
                await editor.forward(operation, migration.app_label, before, state)
        except Exception as fault:
            raise MigrationError(
                f"{key_of(migration)}, {operation.describe()!r}: {fault}. Nothing of this migration was kept; "
                "mend the cause and run `lianxin migrate` again."
            ) from fault

    async def _guards_alone(self, state: LazyState, declared: Declared) -> None:
        self.report("guards")
        async with in_transaction(CONNECTION) as client:
            await _begin(client, declared)
            counted = await _count(client)
            editor = make_editor(client, declared.catalogue_names(sqlite=is_sqlite(client)))
            await put_in_missing(editor, state, declared, strict=True)
            await _compare(client, None, counted)


def _together(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Tables that are made one after the other share one look at the models; all else comes one by one."""
    for making, group in groupby(operations, key=lambda operation: isinstance(operation, CreateModel)):
        found = list(group)
        yield from [found] if making else [[each] for each in found]


async def _begin(client: Any, declared: Declared) -> None:
    if not is_sqlite(client):
        await client.execute_query("SET LOCAL statement_timeout = 0")
        await client.execute_query("SET LOCAL idle_in_transaction_session_timeout = 0")
    await make_tables(client)
    await take_out_stale(client, declared)


async def _count(client: Any) -> dict[str, int]:
    """Rows of every table, on SQLite: there a table is made anew, and a row lost on the way would be lost silently."""
    if not is_sqlite(client):
        return {}
    counted: dict[str, int] = {}
    for table in sorted(await tables(client) - {"migration", "guard_applied"}):
        rows = await client.execute_query_dict(f'SELECT count(*) AS rows FROM "{table}"')  # noqa: S608
        counted[table] = int(rows[0]["rows"])
    return counted


async def _compare(client: Any, migration: Migration | None, before: dict[str, int]) -> None:
    if not is_sqlite(client):
        return
    what = str(key_of(migration)) if migration else "Putting the guards in"
    expected = set(getattr(migration, "changes_rows", ()))
    after = await _count(client)
    for table in sorted((before.keys() & after.keys()) - expected):
        if before[table] != after[table]:
            raise MigrationError(
                f"{what} would change the number of rows of {table} from {before[table]} to {after[table]}, "
                "and its `changes_rows` doesn't name that table. Nothing was kept."
            )
    broken = await client.execute_query_dict("PRAGMA foreign_key_check")
    if broken:
        raise MigrationError(f"{what} would leave rows of {broken[0]['table']} that point nowhere. Nothing was kept.")
