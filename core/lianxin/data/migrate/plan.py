"""Which migrations are still to be applied, in which order, and what the database looks like before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tortoise.migrations.graph import MigrationGraph, MigrationKey
from tortoise.migrations.loader import MigrationLoader
from tortoise.migrations.migration import Migration
from tortoise.migrations.recorder import MigrationRecorder

from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.operations import apps_pointed_to
from lianxin.data.migrate.states import LazyState, empty_state


@dataclass(slots=True)
class Plan:
    """`state` is the database as the applied migrations left it; `pending` follows, each after what it depends on."""

    state: LazyState
    pending: list[Migration] = field(default_factory=list)
    graph: MigrationGraph = field(default_factory=MigrationGraph)


class _Known(MigrationRecorder):
    """Hands the loader a history that was read before: Tortoise takes a failed read for an empty one."""

    def __init__(self, applied: Sequence[MigrationKey]) -> None:
        super().__init__(None)
        self._applied = list(applied)

    async def applied_migrations(self) -> list[MigrationKey]:
        return self._applied


def key_of(migration: Migration) -> MigrationKey:
    """App and name of a migration."""
    return MigrationKey(app_label=migration.app_label, name=migration.name)


async def load_plan(apps: Mapping[str, Any], applied: Sequence[MigrationKey]) -> Plan:
    """Reads the migrations of these apps (as `database_settings` names them).

    Raises MigrationError for an app without migrations, a history that this program doesn't know, and one in which a
    migration stands without what it depends on.
    """
    graph = await load_graph(apps, applied)
    done = {key for key in applied if key.app_label in apps}
    _check_history(graph, done)
    plan = Plan(empty_state(apps), graph=graph)
    ordered = in_order(graph)
    for key in ordered:
        if key in done:
            await _migration(graph, key).apply(plan.state, dry_run=True)
    plan.pending = [_migration(graph, key) for key in ordered if key not in done]
    for migration in plan.pending:
        _check_dependencies(graph, migration)
    return plan


async def load_graph(apps: Mapping[str, Any], applied: Sequence[MigrationKey] = ()) -> MigrationGraph:
    """All migrations of these apps and what each depends on. Raises MigrationError where one can't be loaded."""
    loader = MigrationLoader(dict(apps), _Known(applied))
    try:
        await loader.build_graph()
    except ModuleNotFoundError as fault:
        raise MigrationError(
            f"There are no migrations at {fault.name}: `lianxin makemigrations` makes them."
        ) from fault
    except ValueError as fault:
        raise MigrationError(str(fault)) from fault
    return loader.graph


def in_order(graph: MigrationGraph) -> list[MigrationKey]:
    """Every migration, each after what it depends on."""
    ordered: dict[MigrationKey, None] = {}
    for leaf in graph.leaf_nodes():
        ordered.update(dict.fromkeys(graph.forwards_plan(leaf)))
    return list(ordered)


def _migration(graph: MigrationGraph, key: MigrationKey) -> Migration:
    found = graph.nodes[key]
    assert found is not None  # a missing dependency was refused when the graph was built
    return found


def _check_history(graph: MigrationGraph, done: set[MigrationKey]) -> None:
    unknown = sorted(done - set(graph.nodes))
    if unknown:
        raise MigrationError(
            f"The database has had {unknown[0]}, which this program doesn't know: it was made by a newer version. "
            "Install that version again, or restore a backup."
        )
    for key in sorted(done):
        for parent in graph.node_map[key].parents:
            if parent.key not in done:
                raise MigrationError(f"The history has {key} without {parent.key}, on which it depends.")


def _check_dependencies(graph: MigrationGraph, migration: Migration) -> None:
    before = {key.app_label for key in graph.forwards_plan(key_of(migration))}
    for app in sorted({*apps_pointed_to(migration.operations)} - before):
        raise MigrationError(
            f"{key_of(migration)} points to tables of {app!r}, and its `dependencies` name no migration of it. "
            f'Add ("{app}", "0001_initial") to them.'
        )
