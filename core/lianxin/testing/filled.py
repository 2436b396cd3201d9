"""A site with content that was made once: each further test of a process gets a copy of the rows, not the work."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.testing.site import TestSite, open_test_site

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_NUMBERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
_STAY = frozenset({"migration", "guard_applied"})


@dataclass(frozen=True, slots=True)
class Kept:
    """All rows of a database, and the keys with which they are sealed."""

    keys: str
    file: bytes
    tables: dict[str, bytes]
    numbers: dict[str, int]


_kept: dict[str, Kept] = {}


@asynccontextmanager
async def open_filled_site(
    config: Config, name: str, fill: Callable[[TestSite], Awaitable[Any]], **more: Any
) -> AsyncIterator[TestSite]:
    """A site on the empty database of `config`, filled. The same `name` means the same content: tables, clock, fill.

    `more` is for open_test_site.
    """
    known = _kept.get(name)
    if known is not None:
        await _put(known, config)
    elif not config.keys_file.exists():
        make_keys(config.keys_file)
    async with open_test_site(config, **more) as site:
        if known is None:
            await fill(site)
            _kept[name] = await _take(config)
        yield site


async def fill_kernel_demo(site: TestSite) -> None:
    """The demo's places, people and staff, without what plugins add."""
    kernel = min(site.app.state.site.assembly.items("demo"), key=lambda each: each.weight)
    await kernel.fill(site.clock())


async def _take(config: Config) -> Kept:
    keys = config.keys_file.read_text("ascii")
    if config.database == "sqlite":
        with closing(sqlite3.connect(config.sqlite_file)) as filled:
            return Kept(keys, filled.serialize(), {}, {})
    connection = await asyncpg.connect(config.database)
    try:
        tables = {}
        for row in await connection.fetch(_TABLES):
            if row["tablename"] not in _STAY:
                rows = io.BytesIO()
                await connection.copy_from_table(row["tablename"], output=rows, format="binary")
                tables[row["tablename"]] = rows.getvalue()
        numbers = {row["sequencename"]: row["last_value"] for row in await connection.fetch(_NUMBERS)}
        return Kept(keys, b"", tables, numbers)
    finally:
        await connection.close()


async def _put(kept: Kept, config: Config) -> None:
    _write_keys(config.keys_file, kept.keys)
    if config.database == "sqlite":
        config.sqlite_file.write_bytes(kept.file)
        return
    connection = await asyncpg.connect(config.database)
    try:
        await connection.execute("SET session_replication_role = replica")  # in any order, past the guards
        for table, rows in kept.tables.items():
            await connection.copy_to_table(table, source=io.BytesIO(rows), format="binary")
        for sequence, number in kept.numbers.items():
            await connection.execute("SELECT setval($1::text::regclass, $2)", f'public."{sequence}"', number)
    finally:
        await connection.close()


def _write_keys(file: Path, keys: str) -> None:
    file.touch(0o600)
    file.write_text(keys, "ascii")
