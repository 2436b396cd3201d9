"""SQLite: one writing connection behind a lock, a small pool of reading ones, transactions that survive cancellation.

Tortoise's own backend has one connection for everything (a slow read holds up all others), opens transactions with a
plain BEGIN (two processes that read and then write fail each other) and leaves its lock taken when a task is cancelled
at BEGIN. This one answers reads outside a transaction from connections that cannot write, begins IMMEDIATE, and gives
the lock back whatever happens.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient as TortoiseClient
from tortoise.backends.sqlite.client import SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

from lianxin.data.cancellation import finish
from lianxin.data.short_reads import ShortReads

READERS = 3
READ_SECONDS = 5.0
_READS = ("SELECT", "WITH", "EXPLAIN")


class StatementTooLong(OperationalError):
    """A read took longer than a page may take, and was interrupted."""


class SqliteClient(TortoiseClient):
    """The site's one client; Tortoise asks it for everything."""

    def __init__(self, file_path: str, **pragmas: Any) -> None:
        pragmas.setdefault("synchronous", "FULL")
        pragmas.setdefault("busy_timeout", "10000")
        # Without it REPLACE removes a row past the trigger that guards it.
        pragmas.setdefault("recursive_triggers", "ON")
        pragmas.setdefault("temp_store", "MEMORY")
        pragmas.setdefault("cache_size", "-16000")
        super().__init__(file_path, **pragmas)
        self._idle: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._opened: list[aiosqlite.Connection] = []
        self._short: ShortReads | None = None

    async def create_connection(self, with_db: bool) -> None:
        """Opens the writer, then the readers: the file must exist before a reader can look at it."""
        await super().create_connection(with_db)
        self._short = self._short or ShortReads(self.filename)
        while len(self._opened) < READERS:
            reader = await self._open_reader()
            self._opened.append(reader)
            self._idle.put_nowait(reader)

    async def _open_reader(self) -> aiosqlite.Connection:
        reader = await aiosqlite.connect(self.filename, isolation_level=None)
        reader._conn.row_factory = sqlite3.Row
        for pragma in ("busy_timeout=10000", "query_only=1", "cache_size=-4000", "temp_store=MEMORY"):
            await (await reader.execute(f"PRAGMA {pragma}")).close()
        return reader

    async def close(self) -> None:
        """Closes readers and writer; the client can be opened again."""
        for reader in self._opened:
            await reader.close()
        self._opened.clear()
        self._idle = asyncio.Queue()
        if self._short is not None:
            self._short.close()
            self._short = None
        await super().close()

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[aiosqlite.Connection]:
        if not self._opened:
            async with self._lock:
                # To the end even when cancelled: a reader that is open and in no list would never be closed.
                await finish(self.create_connection(with_db=True))
        pool = self._idle
        reader = await pool.get()
        try:
            yield reader
        finally:
            pool.put_nowait(reader)

    async def _read(self, query: str, values: list[Any] | None) -> list[sqlite3.Row]:
        self.log.debug("%s: %s", query, values)
        if self._short is not None and (rows := self._short.rows(query, values or [])) is not None:
            return rows
        async with self._reader() as reader:
            work = asyncio.ensure_future(reader.execute_fetchall(query, values or []))
            try:
                async with asyncio.timeout(READ_SECONDS):
                    return list(await asyncio.shield(work))
            except TimeoutError as late:
                await self._interrupt(reader, work)
                raise StatementTooLong(f"a read took more than {READ_SECONDS:g} s: {query[:200]}") from late
            except asyncio.CancelledError:
                await self._interrupt(reader, work)
                raise
            except sqlite3.OperationalError as fault:
                raise OperationalError(fault) from fault

    @staticmethod
    async def _interrupt(reader: aiosqlite.Connection, work: asyncio.Future[Any]) -> None:
        """The reader goes back to the pool only when its thread is free again."""
        await finish(_stop(reader, work))

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        """Reads go to a reader; all else to the writer. Answers (rows changed or read, rows)."""
        if query.lstrip()[:7].upper().startswith(_READS):
            rows = await self._read(query, values)
            return len(rows), rows
        answer: tuple[int, Sequence[Any]] = await super().execute_query(query, values)
        return answer

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """As `execute_query`, the rows as dicts."""
        if query.lstrip()[:7].upper().startswith(_READS):
            return [dict(row) for row in await self._read(query, values)]
        answer: list[dict[str, Any]] = await super().execute_query_dict(query, values)
        return answer

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransaction(ImmediateTransaction(self), self._lock)


async def _stop(reader: aiosqlite.Connection, work: asyncio.Future[Any]) -> None:
    while not work.done():
        await reader.interrupt()
        await asyncio.wait({work}, timeout=0.05)  # its thread may not have begun: then there was nothing to interrupt
    if not work.cancelled():
        work.exception()


class ImmediateTransaction(SqliteTransactionWrapper):
    """Takes the writer's place at once, so that a read-then-write never finds the file changed under it."""

    async def begin(self) -> None:
        """Waits up to busy_timeout for another process. Raises OperationalError when the wait was in vain."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            raise OperationalError(fault) from fault


class SqliteTransaction(TransactionContext):
    """Enters and leaves a transaction so that neither failure nor cancellation keeps the lock."""

    def __init__(self, client: ImmediateTransaction, lock: asyncio.Lock) -> None:
        self.client: ImmediateTransaction = client
        self._lock = lock

    async def __aenter__(self) -> TransactionalDBClient:
        await self._lock.acquire()
        try:
            await self._begin()
        except BaseException:
            self._lock.release()
            raise
        self.token = get_connections().set(self.client.connection_name, self.client)
        return self.client

    async def _begin(self) -> None:
        parent = self.client._parent
        if not parent._connection:
            await finish(parent.create_connection(with_db=True))
        self.client._connection = parent._connection
        try:
            await finish(self.client.begin())
        except asyncio.CancelledError:
            # BEGIN went through all the same; nobody will use it.
            if self.client._connection.in_transaction:
                await finish(self.client.rollback())
            raise

    async def __aexit__(self, kind: Any, fault: Any, trace: Any) -> None:
        try:
            if not self.client._finalized:
                await finish(self.client.rollback() if kind else self._commit())
        finally:
            get_connections().reset(self.token)
            self._lock.release()

    async def _commit(self) -> None:
        try:
            await self.client.commit()
        except BaseException:
            # A full disk fails COMMIT and leaves the transaction open: the next BEGIN would fail for ever.
            if self.client._connection.in_transaction:
                await self.client._connection.rollback()
            raise


client_class = SqliteClient
