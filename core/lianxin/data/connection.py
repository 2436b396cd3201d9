"""Opening and closing the database of a site."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tortoise.connection import get_connections
from tortoise.context import TortoiseContext

from lianxin.config import Config
from lianxin.data.unit import CONNECTION, note_change

KERNEL_APP = "lianxin"
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
KERNEL_MODELS = (
    "lianxin.data.models",
    "lianxin.bus",
    "lianxin.settings.models",
    "lianxin.directory.models",
    "lianxin.access.models",
    "lianxin.audit.models",
    "lianxin.messages.models",
    "lianxin.files.models",
    "lianxin.calendar.models",
    "lianxin.matters.models",
)


def database_settings(config: Config, plugins: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """What Tortoise wants to know. `plugins` are (app label, models module) of plugins that have tables."""
    apps: dict[str, Any] = {
        KERNEL_APP: {
            "models": list(KERNEL_MODELS),
            "default_connection": CONNECTION,
            "migrations": "lianxin.migrations",
        }
    }
    for label, module in plugins:
        package = module.rpartition(".")[0]
        apps[label] = {
            "models": [module],
            "default_connection": CONNECTION,
            "migrations": f"{package}.migrations",
        }
    return {"connections": {CONNECTION: _connection(config)}, "apps": apps, "use_tz": True, "timezone": "UTC"}


def _connection(config: Config) -> dict[str, Any]:
    if config.database == "sqlite":
        return {"engine": "lianxin.data.sqlite", "credentials": {"file_path": str(config.sqlite_file)}}
    parts = urlsplit(config.database)
    host = parts.hostname or "127.0.0.1"
    asked = dict(parse_qsl(parts.query))
    credentials = {
        "host": host,
        "port": parts.port or 5432,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/") or "lianxin",
        # On this very machine TLS hides nothing, and asyncpg would try it anew for each query that is cancelled.
        "ssl": asked.pop("sslmode", "disable" if host in _THIS_MACHINE else "prefer"),
        **asked,
    }
    return {"engine": "lianxin.data.postgresql", "credentials": credentials}


@asynccontextmanager
async def open_database(
    config: Config, plugins: Iterable[tuple[str, str]] = (), *, everywhere: bool = False
) -> AsyncIterator[TortoiseContext]:
    """Opens the database for this task and its children; `everywhere` also for tasks started elsewhere (servers).

    One engine a process: Tortoise keeps the SQL of a model from its first use.
    """
    async with TortoiseContext() as context:
        await context.init(database_settings(config, plugins), _enable_global_fallback=everywhere)
        note_change()
        yield context


def connection() -> Any:
    """The client of this moment: the transaction's inside one, else the site's."""
    return get_connections().get(CONNECTION)


def is_sqlite() -> bool:
    """Which of the two engines this is."""
    return bool(connection().capabilities.dialect == "sqlite")
