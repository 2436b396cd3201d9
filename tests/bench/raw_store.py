"""The raw line's own tables: what the product's pages showed, kept as plainly as it can be, and asked in plain SQL."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol, TypedDict
from uuid import uuid4

import asyncpg

RESIDENTS = 200
_TABLES = """
CREATE TABLE service (id integer PRIMARY KEY, address text NOT NULL, title text NOT NULL, fact text NOT NULL);
CREATE TABLE part (id integer PRIMARY KEY, service_id integer NOT NULL REFERENCES service (id), words text NOT NULL);
CREATE INDEX part_service ON part (service_id);
CREATE TABLE resident (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE application (id {key}, number text NOT NULL UNIQUE, service_id integer NOT NULL REFERENCES service (id),
  resident_id integer NOT NULL REFERENCES resident (id), answers text NOT NULL, at text NOT NULL);
CREATE TABLE history (id {key}, application_id integer NOT NULL REFERENCES application (id), state text NOT NULL,
  at text NOT NULL);
CREATE TABLE outgoing (id {key}, topic text NOT NULL, content text NOT NULL, at text NOT NULL);
"""
_LIST = "SELECT address, title, fact FROM service WHERE title LIKE ? ORDER BY id"
_ONE = "SELECT address, title, fact FROM service WHERE id = ?"
_PARTS = "SELECT words FROM part WHERE service_id = ? ORDER BY id"
_RESIDENT = "SELECT name FROM resident WHERE id = ?"
_APPLY = (
    "INSERT INTO application (number, service_id, resident_id, answers, at) VALUES (?, ?, ?, ?, ?) RETURNING id",
    "INSERT INTO history (application_id, state, at) VALUES (?, 'sent', ?)",
    "INSERT INTO outgoing (topic, content, at) VALUES ('application.sent', ?, ?)",
)


class Service(NamedTuple):
    """A line of the list."""

    address: str
    title: str
    fact: str


class Content(TypedDict):
    """What the product's list and one of its details show, and how many bytes those pages have."""

    services: list[list[str]]
    parts: list[str]
    list_bytes: int
    detail_bytes: int


class Store(Protocol):
    """What the raw pages ask for."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    async def services(self) -> list[Service]: ...
    async def service(self, key: int) -> tuple[Service, list[str]]: ...
    async def resident(self, key: int) -> str: ...
    async def apply(self, service: int, resident: int, answers: str) -> int: ...


def _rows(content: Content) -> list[tuple[str, list[tuple[Any, ...]]]]:
    services = [(number, *row) for number, row in enumerate(content["services"], 1)]
    parts = [(number, 1, words) for number, words in enumerate(content["parts"], 1)]
    return [
        ("INSERT INTO service VALUES (?, ?, ?, ?)", services),
        ("INSERT INTO part VALUES (?, ?, ?)", parts),
        ("INSERT INTO resident VALUES (?, ?)", [(key, f"居民{key}") for key in range(1, RESIDENTS + 1)]),
    ]


def _dollars(sql: str) -> str:
    """The same statement with PostgreSQL's places."""
    pieces = sql.split("?")
    return "".join(f"{piece}${place}" for place, piece in enumerate(pieces[:-1], 1)) + pieces[-1]


def _now() -> str:
    return datetime.now(UTC).isoformat()


class Sqlite:
    """sqlite3 in the event loop itself: no thread between, as fast as one process can be."""

    def __init__(self, file: str) -> None:
        self._file = file

    @classmethod
    def fill(cls, file: str, content: Content) -> None:
        """Makes the tables."""
        database = sqlite3.connect(file)
        database.execute("PRAGMA journal_mode = wal")
        database.executescript(_TABLES.format(key="integer PRIMARY KEY"))
        for sql, rows in _rows(content):
            database.executemany(sql, rows)
        database.commit()
        database.close()

    async def open(self) -> None:
        self._run = sqlite3.connect(self._file, isolation_level=None).execute
        for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "busy_timeout = 5000"):
            self._run(f"PRAGMA {pragma}")

    async def close(self) -> None:
        """Ends with its process."""

    async def services(self) -> list[Service]:
        return [Service._make(row) for row in self._run(_LIST, ("%",))]

    async def service(self, key: int) -> tuple[Service, list[str]]:
        found = Service._make(self._run(_ONE, (key,)).fetchone())
        return found, [words for (words,) in self._run(_PARTS, (key,))]

    async def resident(self, key: int) -> str:
        return str(self._run(_RESIDENT, (key,)).fetchone()[0])

    async def apply(self, service: int, resident: int, answers: str) -> int:
        at = _now()
        self._run("BEGIN IMMEDIATE")
        try:
            made = int(self._run(_APPLY[0], (uuid4().hex, service, resident, answers, at)).fetchone()[0])
            self._run(_APPLY[1], (made, at))
            self._run(_APPLY[2], (f'{{"application": {made}}}', at))
            self._run("COMMIT")
        except BaseException:
            self._run("ROLLBACK")
            raise
        return made


class Postgresql:
    """A pool of asyncpg, prepared statements and nothing between."""

    def __init__(self, url: str) -> None:
        self._url = url

    @classmethod
    def fill(cls, url: str, content: Content) -> None:
        """Makes the tables in an empty database."""

        async def make() -> None:
            database = await asyncpg.connect(url)
            await database.execute(_TABLES.format(key="serial PRIMARY KEY"))
            for sql, rows in _rows(content):
                await database.executemany(_dollars(sql), rows)
            await database.execute("ANALYZE")
            await database.close()

        asyncio.run(make())

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(self._url, min_size=8, max_size=8)

    async def close(self) -> None:
        await self._pool.close()

    async def services(self) -> list[Service]:
        return [Service._make(row) for row in await self._pool.fetch(_dollars(_LIST), "%")]

    async def service(self, key: int) -> tuple[Service, list[str]]:
        async with self._pool.acquire() as database:
            found = Service._make(await database.fetchrow(_dollars(_ONE), key))
            return found, [row[0] for row in await database.fetch(_dollars(_PARTS), key)]

    async def resident(self, key: int) -> str:
        return str(await self._pool.fetchval(_dollars(_RESIDENT), key))

    async def apply(self, service: int, resident: int, answers: str) -> int:
        at, statements = _now(), [_dollars(sql) for sql in _APPLY]
        async with self._pool.acquire() as database, database.transaction():
            made = int(await database.fetchval(statements[0], uuid4().hex, service, resident, answers, at))
            await database.execute(statements[1], made, at)
            await database.execute(statements[2], f'{{"application": {made}}}', at)
        return made


def store_of(address: str) -> Store:
    """The store of a file or of a postgresql:// address."""
    return Postgresql(address) if "://" in address else Sqlite(address)


def fill_store(address: str, content: Content) -> None:
    """Makes its tables with the content."""
    (Postgresql if "://" in address else Sqlite).fill(address, content)
