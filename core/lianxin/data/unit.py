"""The one door to writing: `unit_of_work()`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from tortoise.connection import get_connections
from tortoise.transactions import in_transaction

from lianxin.data.cancellation import finish

CONNECTION = "default"
_log = structlog.get_logger("lianxin.data")

AfterCommit = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class RequestKey:
    """The key that a form carried. The first unit of work of its request writes it; a replay finds it there."""

    key: str
    session_key: str
    route: str
    digest: str
    at: datetime
    claimed: bool = False


class AlreadyDone(Exception):
    """This request was done before. `location` is where its first run led; `same` says whether the body is the same."""

    def __init__(self, location: str, *, same: bool) -> None:
        super().__init__(location)
        self.location = location
        self.same = same


@dataclass(slots=True)
class UnitOfWork:
    """What belongs to one transaction: what to do after it is safe on disk."""

    callbacks: list[AfterCommit] = field(default_factory=list)
    key: RequestKey | None = None

    def after_commit(self, callback: AfterCommit) -> None:
        """Runs after the commit, in order, each alone: a fault is logged and stops nobody else."""
        self.callbacks.append(callback)

    async def leads_to(self, location: str) -> None:
        """Where a replay of this request shall be sent."""
        if self.key is not None:
            await (
                get_connections()
                .get(CONNECTION)
                .execute_query(
                    _for_engine("UPDATE request_seen SET location = $1 WHERE key = $2"),
                    [location, self.key.key],
                )
            )


_unit: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)
request_key: ContextVar[RequestKey | None] = ContextVar("request_key", default=None)
_changed = 0


def in_unit_of_work() -> bool:
    """Whether a unit of work is open here."""
    return _unit.get() is not None


def changes_here() -> int:
    """Grows whenever this process may have changed the database, or opened another one."""
    return _changed


def note_change() -> None:
    """Whatever was remembered of the database counts no more."""
    global _changed
    _changed += 1


def current_unit() -> UnitOfWork:
    """The unit of work that is open here. Raises RuntimeError outside one."""
    unit = _unit.get()
    if unit is None:
        raise RuntimeError("this may be called only inside unit_of_work()")
    return unit


async def remember_location(location: str) -> None:
    """Where a replay of the request at hand shall be sent, once its unit of work is done."""
    key = request_key.get()
    if key is not None and key.claimed:
        await (
            get_connections()
            .get(CONNECTION)
            .execute_query(
                _for_engine("UPDATE request_seen SET location = $1 WHERE key = $2 AND location = ''"),
                [location, key.key],
            )
        )


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[UnitOfWork]:
    """All or nothing. Inside another unit it joins that one: one use case, one transaction.

    Raises AlreadyDone when the request at hand carries a key that was seen before. Don't start tasks inside: they would
    share this transaction's connection.
    """
    outer = _unit.get()
    if outer is not None:
        yield outer
        return
    unit = UnitOfWork()
    try:
        async with in_transaction(CONNECTION):
            token = _unit.set(unit)
            try:
                await _claim_key(unit)
                yield unit
            finally:
                _unit.reset(token)
    except BaseException:
        if unit.key is not None:
            # The row went with the transaction: the next unit of this request must write it anew.
            unit.key.claimed = False
        raise
    finally:
        note_change()
    if unit.callbacks:
        await finish(_run(unit.callbacks))


async def _run(callbacks: list[AfterCommit]) -> None:
    for callback in callbacks:
        try:
            await callback()
        except Exception:
            _log.exception("after_commit_failed", callback=getattr(callback, "__qualname__", repr(callback)))


async def _claim_key(unit: UnitOfWork) -> None:
    key = request_key.get()
    if key is None or key.claimed:
        return
    connection = get_connections().get(CONNECTION)
    # RETURNING, because asyncpg's "INSERT 0 1" is read as "0 rows" by Tortoise.
    written = await connection.execute_query_dict(
        _for_engine(
            "INSERT INTO request_seen (key, session_key, route, digest, location, at) "
            "VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT DO NOTHING RETURNING key"
        ),
        [key.key, key.session_key, key.route, key.digest, _for_column(key.at)],
    )
    if not written:
        rows = await connection.execute_query_dict(
            _for_engine("SELECT session_key, route, digest, location FROM request_seen WHERE key = $1"),
            [key.key],
        )
        seen = rows[0]
        same = (seen["session_key"], seen["route"], seen["digest"]) == (
            key.session_key,
            key.route,
            key.digest,
        )
        raise AlreadyDone(seen["location"], same=same)
    key.claimed = True
    unit.key = key


def _is_sqlite() -> bool:
    return get_connections().get(CONNECTION).capabilities.dialect == "sqlite"


def _for_engine(sql: str) -> str:
    """$1 is PostgreSQL's way to name a place; SQLite writes ?1 for the same."""
    return sql.replace("$", "?") if _is_sqlite() else sql


def _for_column(at: datetime) -> object:
    return at.isoformat(" ") if _is_sqlite() else at
