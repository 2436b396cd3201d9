"""Writing migrations: what the models are now against what the migrations lead to."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise.context import TortoiseContext
from tortoise.migrations.graph import MigrationGraph, MigrationKey
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.schema_generator.operation_generator import OperationGenerator
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

from lianxin.config import Config
from lianxin.data.connection import KERNEL_APP, database_settings
from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.operations import apps_pointed_to
from lianxin.data.migrate.plan import in_order, load_graph, load_plan
from lianxin.data.migrate.writing import Writer

FIRST = "0001_initial"


async def make_migrations(app: str, plugins: Sequence[tuple[str, str]] = (), *, name: str = "") -> Path | None:
    """Writes the migration that `app` lacks into its package, and answers its path; None where it lacks none.

    `plugins` are those whose tables it may point to, and itself. `name` is what stands after the number. The same
    models always give the same file. Raises MigrationError.
    """
    async with _models(plugins) as (context, apps):
        if app not in apps:
            raise MigrationError(f"There is no app {app!r} with tables; there are: {', '.join(apps)}.")
        folder = _make_package(apps[app]["migrations"])
        graph = await load_graph(_with_migrations(apps))
        operations = await _missing(context, apps, app)
        if not operations:
            return None
        own = sorted(key.name for key in graph.nodes if key.app_label == app)
        number = int(own[-1][:4]) + 1 if own else 1
        file = f"{number:04d}_{name or _slug(operations)}" if own else FIRST
        writer = Writer(file, app, operations, dependencies=_dependencies(graph, app, operations), initial=not own)
        path = folder / f"{file}.py"
        path.write_text(writer.as_string(), "utf-8")
    _format(path)
    return path


async def unmade(plugins: Sequence[tuple[str, str]] = ()) -> list[str]:
    """What the models say and no migration does yet, a line each: `app: what`."""
    async with _models(plugins) as (context, apps):
        return [f"{app}: {operation.describe()}" for app in apps for operation in await _missing(context, apps, app)]


def initial_migrations(context: TortoiseContext) -> list[Migration]:
    """The first migration of every app as its models are now, made in memory."""
    found: list[Migration] = []
    wanted = _current_state(context)
    assert context.apps is not None
    for app in context.apps:
        migration = Migration(FIRST, app)
        migration.operations = list(OperationGenerator(_nothing(), wanted).generate([app]))
        if migration.operations:
            found.append(migration)
    return found


async def written_migrations(apps: Mapping[str, Any]) -> list[MigrationKey]:
    """All that lie in the packages of these apps."""
    return in_order(await load_graph(_with_migrations(apps)))


@asynccontextmanager
async def _models(plugins: Sequence[tuple[str, str]]) -> AsyncIterator[tuple[TortoiseContext, dict[str, Any]]]:
    """The models, told to Tortoise without a database: none is opened until something is asked of it."""
    settings = database_settings(Config(folder=Path.cwd()), plugins)
    async with TortoiseContext() as context:
        await context.init(settings)
        yield context, settings["apps"]


async def _missing(context: TortoiseContext, apps: Mapping[str, Any], app: str) -> list[TortoiseOperation]:
    plan = await load_plan(_with_migrations(apps), [])
    state = plan.state
    for migration in plan.pending:
        await migration.apply(state, dry_run=True)
    now = _current_state(context)
    for key, model in now.models.items():
        # Tortoise calls the key of a table that is keyed by a foreign key by either of its two names.
        if key in state.models and "pk_attr" in state.models[key].options:
            model.options["pk_attr"] = state.models[key].options["pk_attr"]
    return OperationGenerator(state, now).generate([app])


def _with_migrations(apps: Mapping[str, Any]) -> dict[str, Any]:
    """Those that have some: another plugin on the way may have none yet."""
    return {label: settings for label, settings in apps.items() if _exists(settings["migrations"])}


def _exists(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as fault:
        if fault.name and (module == fault.name or module.startswith(fault.name + ".")):
            return False
        raise
    return True


def _nothing() -> State:
    return State(models={}, apps=StateApps())


def _current_state(context: TortoiseContext) -> State:
    """The models as they are, without their descriptions: a better docstring is no reason for a migration."""
    state = _nothing()
    assert context.apps is not None
    for app, models in context.apps.items():
        for model in models.values():
            made = ModelState.make_from_model(app, model)
            if made.options.get("constraints"):
                raise MigrationError(f"{model.__name__}: Meta.constraints reach no database; declare `guards` instead.")
            made.options.pop("table_description", None)
            for field in made.fields.values():
                field.description = None
            state.models[(app, model.__name__)] = made
    return state


def _dependencies(graph: MigrationGraph, app: str, operations: Iterable[TortoiseOperation]) -> list[tuple[str, str]]:
    """The last migrations of the app itself, of every app it points to, and of the kernel for a first one.

    Without the kernel's a plugin's table could come before the table that it points to.
    """
    wanted = {app, *apps_pointed_to(operations)}
    if not graph.leaf_nodes(app) and app != KERNEL_APP:
        wanted.add(KERNEL_APP)
    leaves = {label: _last(graph, label) for label in wanted}
    return sorted((label, name) for label, name in leaves.items() if name)


def _last(graph: MigrationGraph, app: str) -> str:
    return max((key.name for key in graph.nodes if key.app_label == app), default="")


def _slug(operations: Sequence[TortoiseOperation]) -> str:
    words = operations[0].describe() if len(operations) == 1 else "changes"
    return re.sub(r"\W+", "_", words.lower()).strip("_")


def _make_package(module: str) -> Path:
    if not _exists(module):
        parent = importlib.import_module(module.rpartition(".")[0])
        folder = Path(next(iter(parent.__path__))) / module.rpartition(".")[2]
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
        importlib.invalidate_caches()
    return Path(next(iter(importlib.import_module(module).__path__)))


def _format(path: Path) -> None:
    """By ruff where it is installed: people read migrations before they apply them."""
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    if ruff:
        for command in (["check", "--quiet", "--fix", "--select", "I"], ["format", "--quiet"]):
            subprocess.run([ruff, *command, str(path)], check=True)  # noqa: S603
