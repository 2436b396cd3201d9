"""How the two engines write the same: ids and moments worked out from a number, and a row for each number."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import asyncpg


@dataclass(frozen=True)
class Dialect:
    """What differs in the SQL of the filler. Every number is spread by a product and a remainder: no chance in it."""

    sqlite: bool

    def id(self, kind: int, number: str) -> str:
        """An id of the shape of version 7, in the order of the numbers."""
        head = f"01890000-{kind:04x}-7000-8000-"
        if self.sqlite:
            return f"('{head}' || printf('%012x', {number}))"
        return f"('{head}' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid"

    def moment(self, seconds: str) -> str:
        """The moment so many seconds after 1970."""
        if self.sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S+00:00', {seconds}, 'unixepoch')"
        return f"to_timestamp({seconds})"

    def numbers(self, count: int) -> str:
        """A table `s` with the column `n`, from 1 to count."""
        if self.sqlite:
            series = (
                f"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < {count}) SELECT n FROM r"
            )
            return f"({series}) s"
        return f"(SELECT n FROM generate_series(1, {count}::bigint) r(n)) s"

    def whole(self, number: str) -> str:
        """The number without its fraction."""
        return f"CAST(floor({number}) AS bigint)" if not self.sqlite else f"CAST({number} AS INTEGER)"

    def json(self, text: str) -> str:
        """An expression of text as a JSON column takes it."""
        return text if self.sqlite else f"({text})::jsonb"

    def truth(self, value: bool) -> str:
        """As a column of yes and no takes it."""
        return str(int(value)) if self.sqlite else str(value).lower()


def code_of(number: str) -> str:
    """Eight characters that tell cases apart: these cases are found by lists, not by a check character."""
    letters = "0123456789ACDEFHJKMNPQRTUVWXY"
    parts = (f"substr('{letters}', CAST(1 + (({number}) / {29**place}) % 29 AS integer), 1)" for place in range(7))
    return " || ".join(["'0'", *parts])


def run(database: str, folder: Path, statements: Iterable[tuple[str, str]], say: Callable[[str], None]) -> None:
    """Runs these (what, SQL) one after the other. Foreign keys are not asked on the way: the numbers agree."""
    if database == "sqlite":
        _run_sqlite(folder / "lianxin.sqlite3", statements, say)
    else:
        asyncio.run(_run_postgresql(database, statements, say))


def _run_sqlite(file: Path, statements: Iterable[tuple[str, str]], say: Callable[[str], None]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        for pragma in ("synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        for what, sql in statements:
            connection.execute(sql)
            say(what)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


_INDEXES = """
    SELECT format('%I', c.relname) AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY($1) AND NOT i.indisunique AND t.relnamespace = 'public'::regnamespace
"""
LARGE = (
    *("matter", "eservices_case", "step", "clock", "eservices_draft", "eservices_draft_part", "message"),
    *("matter_message", "delivery", "person", "person_phone", "job", "rating"),
)


async def _run_postgresql(url: str, statements: Iterable[tuple[str, str]], say: Callable[[str], None]) -> None:
    """Indexes that promise nothing are made afterwards: a third of the time."""
    connection = await asyncpg.connect(url, command_timeout=None)
    try:
        settings = ("session_replication_role = replica", "synchronous_commit = off", "maintenance_work_mem = '512MB'")
        for setting in (*settings, "work_mem = '64MB'", "max_parallel_maintenance_workers = 2"):
            await connection.execute(f"SET {setting}")
        indexes = await connection.fetch(_INDEXES, list(LARGE))
        for row in indexes:
            await connection.execute(f"DROP INDEX {row['name']}")
        for what, sql in statements:
            await connection.execute(sql)
            say(what)
        for row in indexes:
            await connection.execute(row["made"])
        say("indexes")
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")
        say("statistics")
    finally:
        await connection.close()
