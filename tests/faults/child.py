"""A process of its own for the tests of faults: `python -m tests.faults.child WHAT FOLDER DATABASE [COUNT]`.

What it has done for sure it says on its standard output, a line each.
"""

import asyncio
import itertools
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import Worker
from lianxin.declarations import Job
from tests.faults import ledger


def _say(word: str) -> None:
    """At once and whole, whatever happens to this process next."""
    os.write(1, f"{word}\n".encode())


async def write_for_ever(_: int) -> None:
    """Transfers one after the other; each is named when its commit came back."""
    for number in itertools.count():
        name = f"{os.getpid()}-{number}"
        await ledger.transfer(name)
        _say(name)


async def count_up(times: int) -> None:
    """Adds one to the counter so many times."""
    for _ in range(times):
        await ledger.add_one()
    _say("counted")


async def _effect(payload: dict[str, Any]) -> None:
    """An effect made unique by a key, in one unit of work."""
    async with unit_of_work():
        if payload["name"] not in await ledger.transfers_named(payload["name"]):
            await ledger.transfer(payload["name"])


async def work(_: int) -> None:
    """A worker that runs jobs until it is killed."""
    _say("working")
    jobs = {"effect": Job("effect", _effect, lease_seconds=1, attempts=50)}
    await Worker(jobs, lambda: datetime.now(UTC)).run_forever(asyncio.Event())


async def main(what: str, folder: str, database: str, times: int) -> None:
    """Opens the database and does what it was asked."""
    async with open_database(Config(folder=Path(folder), database=database)):
        await {"write": write_for_ever, "count": count_up, "work": work}[what](times)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 0))
