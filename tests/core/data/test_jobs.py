"""Jobs: taken once, tried again, found after a crash."""

from datetime import datetime, timedelta

import pytest

from lianxin.config import Config
from lianxin.data.jobs import claim, enqueue, retry_after, retry_dead, tick
from lianxin.data.models import Job as JobRow
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import Worker
from lianxin.declarations import Job
from lianxin.testing.clock import FakeClock

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=60)


async def test_a_job_runs_once_and_is_done(database: Config, now: datetime) -> None:
    ran: list[object] = []

    async def run(payload: dict[str, object]) -> None:
        ran.append(payload["n"])

    for number in range(20):
        await enqueue("t.count", {"n": number}, due_at=now)
    assert await Worker({"t.count": Job("t.count", run)}, FakeClock(now)).run_until_idle() == 20
    assert sorted(ran) == list(range(20))  # type: ignore[type-var]
    assert await JobRow.filter(state="done").count() == 20


async def test_what_is_rolled_back_was_never_asked_for(database: Config, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        async with unit_of_work():
            await enqueue("t.count", {}, due_at=now)
            raise RuntimeError("no")
    assert await JobRow.all().count() == 0


async def test_a_key_asks_only_once(database: Config, now: datetime) -> None:
    assert await enqueue("t.count", {}, due_at=now, dedupe_key="k")
    assert await enqueue("t.count", {}, due_at=now, dedupe_key="k") is None


async def test_a_job_that_fails_comes_back_later_and_dies_in_the_end(database: Config, now: datetime) -> None:
    async def run(payload: dict[str, object]) -> None:
        raise ValueError("not today")

    clock = FakeClock(now)
    worker = Worker({"t.bad": Job("t.bad", run, attempts=2)}, clock)
    job_id = await enqueue("t.bad", {}, due_at=now)
    assert job_id
    await worker.run_until_idle()
    row = await JobRow.get(id=job_id)
    assert (row.state, row.attempts, row.due_at > now) == ("queued", 1, True)
    clock.forward(minutes=5)
    await worker.run_until_idle()
    row = await JobRow.get(id=job_id)
    assert row.state == "dead"
    assert row.last_error == "ValueError: not today"
    assert await retry_dead(job_id, now=clock())
    assert (await JobRow.get(id=job_id)).state == "queued"


async def test_a_lease_that_ran_out_is_taken_by_another(database: Config, now: datetime) -> None:
    await enqueue("t.count", {}, due_at=now)
    assert len(await claim("one", now=now, lease=LEASE, most=4)) == 1
    assert await claim("two", now=now, lease=LEASE, most=4) == []
    later = await claim("two", now=now + LEASE * 2, lease=LEASE, most=4)
    assert [job.attempts for job in later] == [2]


async def test_three_schedulers_ask_once_for_each_moment(database: Config, now: datetime) -> None:
    asked = [await tick("t.daily", now + timedelta(minutes=minute // 3), now=now) for minute in range(300)]
    assert asked.count(True) == 100
    assert await JobRow.all().count() == 100


def test_retries_wait_longer_each_time_and_never_more_than_an_hour() -> None:
    assert timedelta(seconds=4) < retry_after(1) < timedelta(seconds=6)
    assert retry_after(30) <= timedelta(hours=1.1)
