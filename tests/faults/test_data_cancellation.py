"""Tasks that are cancelled in the middle of a transaction."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from lianxin.config import Config
from tests.faults.ledger import Books, books, make_tables, transfer
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
BOUND = 240
Record = Callable[[str, object], None]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_storm_of_cancelled_transfers(database: Config, seed: int, record_property: Record) -> None:
    """A2: 10 transfers at once, half of them cancelled at any moment: nothing hangs, nothing is half done."""
    chance = random.Random(seed)
    await make_tables()
    batches, ended = size(100, 300), 0
    async with asyncio.timeout(BOUND):
        for batch in range(batches):
            tasks = [asyncio.create_task(transfer(f"{batch}-{number}", 0.0002)) for number in range(10)]
            for task in tasks[::2]:
                asyncio.get_running_loop().call_later(chance.uniform(0, 0.008), task.cancel)
            answers = await asyncio.gather(*tasks, return_exceptions=True)
            assert all(answer is None or isinstance(answer, asyncio.CancelledError) for answer in answers)
            assert not any(answers[1::2])
            ended += answers.count(None)
    found = await books()
    # A cancellation during COMMIT is told only after it: such a transfer is committed as well.
    assert ended <= found.transfers <= batches * 10
    assert found == Books(2 * found.transfers, found.transfers, 0)
    assert found.transfers < batches * 10, "nothing was cancelled: the storm proves nothing"
    record_property("transfers", batches * 10)
    record_property("cancelled", batches * 10 - ended)


async def test_handlers_with_a_time_limit_of_four_milliseconds(database: Config, record_property: Record) -> None:
    """A2: handlers that give up after 4 ms leave a database that answers."""
    await make_tables()
    late = 0

    async def handle(number: int) -> None:
        nonlocal late
        try:
            await asyncio.wait_for(transfer(f"t{number}", number % 8 / 1000), 0.004)
        except TimeoutError:
            late += 1

    requests = size(400, 1200)
    async with asyncio.timeout(BOUND):
        for start in range(0, requests, 8):
            await asyncio.gather(*(handle(number) for number in range(start, start + 8)))
        await transfer("after")
    found = await books()
    assert late > 0, "nobody was late: the limit proves nothing"
    assert found == Books(2 * found.transfers, found.transfers, 0)
    record_property("requests", requests)
    record_property("late", late)


async def test_a_task_cancelled_again_and_again(database: Config, record_property: Record) -> None:
    """A2: a task that is cancelled every loop (as anyio does) still gives the writer's place back."""
    await make_tables()
    rounds = size(50, 300)
    async with asyncio.timeout(BOUND):
        for number in range(rounds):
            task = asyncio.create_task(transfer(f"r{number}", 0.0005))
            await asyncio.sleep(number % 7 * 0.0004)
            while not task.done():
                task.cancel()
                await asyncio.sleep(0)
            with suppress(asyncio.CancelledError):
                await task
        await transfer("after")
    found = await books()
    assert found == Books(2 * found.transfers, found.transfers, 0)
    record_property("tasks", rounds)


def test_the_size_of_a_fault_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The gate runs small, `make faults` full."""
    monkeypatch.setenv("LIANXIN_FAULT_SIZE", "full")
    assert size(1, 2) == 2
    monkeypatch.delenv("LIANXIN_FAULT_SIZE")
    assert size(1, 2) == 1
