"""One migrate loop at a time, however many processes start at once."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TextIO

import asyncpg

from lianxin.config import Config
from lianxin.data.connection import database_settings
from lianxin.data.unit import CONNECTION

_KEY = 0x6C69616E78696E  # "lianxin": advisory locks are numbers, and each database has its own
_LOOK_AGAIN = 0.05
_CREDENTIALS = ("host", "port", "user", "password", "database", "ssl")
WAITING = "Another process is migrating this database: waiting for it."


@asynccontextmanager
async def one_at_a_time(config: Config, report: Callable[[str], None]) -> AsyncIterator[None]:
    """Waits until nobody else migrates this database; both locks end with the process that held them."""
    locked = _file_locked(config.sqlite_file, report) if config.database == "sqlite" else _session(config, report)
    async with locked:
        yield


@asynccontextmanager
async def _file_locked(database: Path, report: Callable[[str], None]) -> AsyncIterator[None]:
    # Beside the database, never the file itself: closing it would end SQLite's own locks of this process.
    with database.with_name(database.name + ".migrating").open("w") as file:
        if not _taken(file):
            report(WAITING)
            while not _taken(file):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_AGAIN)  # another process's lock: there is no event to wait for
        yield


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _session(config: Config, report: Callable[[str], None]) -> AsyncIterator[None]:
    given: dict[str, Any] = database_settings(config)["connections"][CONNECTION]["credentials"]
    session = await asyncpg.connect(**{key: given[key] for key in _CREDENTIALS if key in given})
    try:
        if not await session.fetchval("SELECT pg_try_advisory_lock($1)", _KEY):
            report(WAITING)
            await session.execute("SET statement_timeout = 0")
            await session.execute(f"SELECT pg_advisory_lock({_KEY})")
        yield
    finally:
        await session.close()
