"""The one door to writing."""

import asyncio
import os
import sqlite3
import time
from contextlib import suppress
from datetime import datetime, timedelta

import asyncpg
import pytest
from structlog.testing import capture_logs
from tortoise.exceptions import OperationalError

from lianxin.config import Config
from lianxin.data import sqlite
from lianxin.data.connection import connection, is_sqlite, open_database
from lianxin.data.jobs import claim, enqueue
from lianxin.data.unit import current_unit, unit_of_work
from tests.core.data.rows import count, number_of, put

pytestmark = pytest.mark.anyio
ENGINE = os.environ.get("LIANXIN_TEST_ENGINE", "sqlite")
BOUND = 20
"""Seconds after which a wait is taken for one without end."""

only_sqlite = pytest.mark.skipif(ENGINE != "sqlite", reason="other engine: SQLite's connections")
only_postgresql = pytest.mark.skipif(ENGINE == "sqlite", reason="other engine: PostgreSQL's connections")


class Broken(Exception):
    """Something of a test's own."""


async def test_all_or_nothing(box: str) -> None:
    with suppress(Broken):
        async with unit_of_work():
            await put(box, "first")
            raise Broken
    assert await count(box) == 0
    async with unit_of_work():
        await put(box, "second")
    assert await count(box) == 1


async def test_a_unit_inside_another_joins_it(box: str) -> None:
    with suppress(Broken):
        async with unit_of_work() as outer:
            async with unit_of_work() as inner:
                assert inner is outer is current_unit()
                await put(box, "inner")
            raise Broken
    assert await count(box) == 0


async def test_outside_a_unit_there_is_none(database: Config) -> None:
    with pytest.raises(RuntimeError, match="only inside unit_of_work"):
        current_unit()
    async with unit_of_work():
        current_unit()
    with pytest.raises(RuntimeError, match="only inside unit_of_work"):
        current_unit()


async def test_a_read_inside_a_unit_sees_what_it_wrote(box: str) -> None:
    async with unit_of_work():
        await put(box, "mine", 7)
        assert await number_of(box, "mine") == 7


async def test_a_read_beside_a_long_transaction_is_not_held_up_and_sees_only_what_is_committed(box: str) -> None:
    writing, go_on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with unit_of_work():
            await put(box, "slow", 1)
            writing.set()
            await go_on.wait()

    writer = asyncio.create_task(write())
    async with asyncio.timeout(BOUND):
        await writing.wait()
        assert await number_of(box, "slow") is None
        go_on.set()
        await writer
    assert await number_of(box, "slow") == 1


async def test_after_the_commit_each_callback_runs_in_order_and_alone(box: str) -> None:
    seen: list[object] = []

    async def see_row() -> None:
        seen.append(await number_of(box, "row"))

    async def break_down() -> None:
        raise Broken

    async def write_more() -> None:
        async with unit_of_work():
            await put(box, "more")
        seen.append("last")

    with capture_logs() as logs:
        async with unit_of_work() as unit:
            for callback in (see_row, break_down, write_more):
                unit.after_commit(callback)
            await put(box, "row", 3)
            assert seen == []
    assert seen == [3, "last"]
    assert [line["event"] for line in logs] == ["after_commit_failed"]
    assert await number_of(box, "more") == 0


async def test_after_a_rollback_no_callback_runs(box: str) -> None:
    seen: list[str] = []

    async def callback() -> None:
        seen.append("ran")

    with suppress(Broken):
        async with unit_of_work() as unit:
            unit.after_commit(callback)
            raise Broken
    assert seen == []


@only_sqlite
async def test_fifty_begins_that_fail_leave_the_task_able_to_work_on_sqlite(box: str, site_config: Config) -> None:
    """A16: 50 transactions that can't begin, then 100 that succeed, in one task."""
    await connection().execute_query("PRAGMA busy_timeout=1")
    other = sqlite3.connect(site_config.sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(50):
        with pytest.raises(OperationalError, match="locked"):
            async with unit_of_work():
                raise AssertionError("began while another process writes")
    other.execute("ROLLBACK")
    other.close()
    for number in range(100):
        async with unit_of_work():
            await put(box, f"row {number}")
    assert await count(box) == 100


@only_postgresql
async def test_fifty_begins_that_fail_leave_the_task_able_to_work_on_postgresql(box: str, site_config: Config) -> None:
    """A16: 50 transactions that can't begin, then 100 that succeed, in one task."""
    address, _, name = site_config.database.rpartition("/")
    name = name.partition("?")[0]
    server = await asyncpg.connect(f"{address}/postgres")
    await server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    for _ in range(50):
        with pytest.raises((OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)):
            async with unit_of_work():
                raise AssertionError("began on a database that lets nobody in")
    await server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await server.close()
    for number in range(100):
        async with unit_of_work():
            await put(box, f"row {number}")
    assert await count(box) == 100


@only_sqlite
async def test_what_reads_cannot_write(database: Config) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await connection().execute_query("WITH one AS (SELECT 1) DELETE FROM job")


async def test_a_read_without_end_is_interrupted_and_the_next_one_answered(
    site_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.data.sqlite.READ_SECONDS", 0.1)
    monkeypatch.setattr("lianxin.data.postgresql.STATEMENT_MILLISECONDS", "100")
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT 1 - x FROM n) SELECT count(*) FROM n"
    async with open_database(site_config), asyncio.timeout(BOUND):
        for _ in range(2 * sqlite.READERS):
            with pytest.raises((sqlite.StatementTooLong, asyncpg.QueryCanceledError)):
                await connection().execute_query(endless)
        assert len(await connection().execute_query_dict("SELECT 1 AS one")) == 1


async def test_a_cancelled_read_gives_its_connection_back(database: Config) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT 1 - x FROM n) SELECT count(*) FROM n"
    async with asyncio.timeout(BOUND):
        for _ in range(2 * sqlite.READERS):
            reading = asyncio.create_task(connection().execute_query(endless))
            await asyncio.sleep(0.01)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        assert len(await connection().execute_query_dict("SELECT 1 AS one")) == 1


@pytest.mark.skipif(ENGINE != "sqlite", reason="other engine: PostgreSQL cancels by itself")
async def test_a_read_cancelled_before_its_thread_has_begun_is_stopped_too(database: Config) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT 1 - x FROM n) SELECT count(*) FROM n"
    client = connection()
    await client.execute_query("SELECT 1")
    busy = [asyncio.ensure_future(reader._execute(time.sleep, 0.2)) for reader in client._opened]
    reading = asyncio.create_task(client.execute_query(endless))
    await asyncio.sleep(0.05)
    reading.cancel()
    async with asyncio.timeout(BOUND):
        with pytest.raises(asyncio.CancelledError):
            await reading
    await asyncio.gather(*busy)


async def test_which_engine_it_is(database: Config) -> None:
    assert is_sqlite() == (ENGINE == "sqlite")


async def test_times_are_compared_as_times_with_and_without_fractions(database: Config, now: datetime) -> None:
    """SQLite compares them as text: all must be written in one way."""
    whole, later = now.replace(microsecond=0), now.replace(microsecond=1)
    await enqueue("first", {}, due_at=whole)
    await enqueue("second", {}, due_at=later)
    lease = timedelta(seconds=60)
    assert [job.name for job in await claim("w", ["first", "second"], now=whole, lease=lease, most=9)] == ["first"]
    assert [job.name for job in await claim("w", ["first", "second"], now=later, lease=lease, most=9)] == ["second"]
