"""How many jobs a minute: told, never asserted, as it depends on the machine."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from lianxin.config import Config
from lianxin.data import models
from lianxin.data.jobs import enqueue
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import Worker
from lianxin.declarations import Job
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]


async def test_every_job_of_a_full_queue_is_run(
    database: Config, record_property: Callable[[str, object], None]
) -> None:
    """Jobs that do nothing, one worker: the pace, and how long a job waits after its commit."""
    jobs, stop, waits = size(300, 3000), asyncio.Event(), list[float]()

    async def run(payload: dict[str, Any]) -> None:
        waits.append(time.monotonic() - payload["at"])

    async with unit_of_work():
        for _ in range(jobs):
            await enqueue("run", {"at": time.monotonic()}, due_at=datetime.now(UTC))
    begin = time.monotonic()
    worker = Worker({"run": Job("run", run)}, lambda: datetime.now(UTC))
    working = asyncio.create_task(worker.run_forever(stop))
    while await models.Job.exclude(state="done").exists():  # noqa: ASYNC110 - what is awaited are rows
        await asyncio.sleep(0.02)
    record_property("jobs a second", round(jobs / (time.monotonic() - begin)))
    assert len(waits) == jobs
    waits.clear()
    for _ in range(50):
        await enqueue("run", {"at": time.monotonic()}, due_at=datetime.now(UTC))
        await asyncio.sleep(0.01)
    while len(waits) < 50:  # noqa: ASYNC110 - the list is filled by jobs
        await asyncio.sleep(0.01)
    stop.set()
    await working
    record_property("95 of 100 start within ms", round(sorted(waits)[47] * 1000))
