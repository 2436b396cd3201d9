"""Several processes on one database, and processes that are killed."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.jobs import enqueue
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from tests.faults.ledger import Books, books, counter, make_tables, transfers
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
ROOT = Path(__file__).parents[2]
BOUND = 240
Record = Callable[[str, object], None]


async def start(what: str, config: Config, times: int = 0) -> Process:
    """Another process at the same database."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.child",
        what,
        str(config.folder),
        config.database,
        str(times),
        cwd=ROOT,
        stdout=PIPE,
        stdin=DEVNULL,
    )


async def said_before_the_kill(process: Process, words: int) -> list[str]:
    """Reads so many lines, kills, reads what was still said."""
    assert process.stdout is not None
    said = [await process.stdout.readline() for _ in range(words)]
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    # A line without its end was cut off by the kill.
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    return [line.decode().strip() for line in said + whole if line]


async def test_two_processes_add_to_one_counter(database: Config, record_property: Record) -> None:
    """A3: 2 processes read, add one and write 500 times each: 1,000, and no error."""
    await make_tables()
    times = size(500, 500)
    async with asyncio.timeout(BOUND):
        processes = [await start("count", database, times) for _ in range(2)]
        said = [(await process.communicate())[0] for process in processes]
    assert said == [b"counted\n"] * 2
    assert [process.returncode for process in processes] == [0, 0]
    assert await counter() == 2 * times
    record_property("additions", 2 * times)


async def test_what_was_acknowledged_survives_a_kill(database: Config, record_property: Record) -> None:
    """A1: SIGKILL during writes: nothing acknowledged is lost, nothing is half done."""
    await make_tables()
    kills, acknowledged = size(20, 100), set[str]()
    async with asyncio.timeout(BOUND):
        for number in range(kills):
            writer = await start("write", database)
            acknowledged |= set(await said_before_the_kill(writer, 5 + number % 11))
    there = await transfers()
    assert len(acknowledged) >= 5 * kills
    assert acknowledged - there == set()
    assert len(there - acknowledged) <= kills
    assert await books() == Books(2 * len(there), len(there), 0)
    if database.database == "sqlite":
        with sqlite3.connect(database.sqlite_file) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        file.close()
    record_property("kills", kills)
    record_property("acknowledged", len(acknowledged))
    record_property("lost", len(acknowledged - there))


async def test_jobs_survive_their_workers(database: Config, record_property: Record) -> None:
    """A13: workers are killed in the middle of their jobs: none is lost, none has its effect twice."""
    await make_tables()
    jobs, kills = size(200, 2000), size(5, 30)
    async with unit_of_work():
        for number in range(jobs):
            await enqueue("effect", {"name": f"job {number}"}, due_at=datetime.now(UTC))
    async with asyncio.timeout(BOUND):
        for _ in range(kills):
            worker = await start("work", database)
            assert worker.stdout is not None
            await worker.stdout.readline()
            before = await Job.filter(state="done").count()
            while await Job.filter(state="done").count() < min(jobs, before + jobs // kills // 2):  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            worker.kill()
            await worker.wait()
        last = await start("work", database)
        while await Job.exclude(state="done").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        last.kill()
        await last.wait()
    assert await books() == Books(2 * jobs, jobs, 0)
    assert {f"job {number}" for number in range(jobs)} == await transfers()
    record_property("jobs", jobs)
    record_property("kills", kills)
    record_property("attempts more than one", await Job.filter(attempts__gt=1).count())
