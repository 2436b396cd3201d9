"""The one table of jobs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lianxin.config import Config
from lianxin.data import models
from lianxin.data.at_hand import report_progress
from lianxin.data.jobs import claim, enqueue, finish_jobs, forget_old, keep, retry_after, retry_dead, tick
from lianxin.data.models import CronTick, RequestSeen
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import AT_ONCE, Worker
from lianxin.declarations import Job
from lianxin.testing.clock import FakeClock

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=60)
BOUND = 30


class Broken(Exception):
    """A job's own fault."""


async def nothing(payload: dict[str, Any]) -> None:
    """A job that does nothing."""


def worker_of(clock: Callable[[], datetime], **runs: Callable[[dict[str, Any]], Awaitable[None]]) -> Worker:
    return Worker({name: Job(name, run, attempts=3) for name, run in runs.items()}, clock)


async def states() -> dict[str, str]:
    return {job.name: job.state for job in await models.Job.all()}


async def test_a_job_is_a_row_of_the_transaction_that_wants_it(database: Config, now: datetime) -> None:
    with suppress(Broken):
        async with unit_of_work():
            await enqueue("lost", {}, due_at=now)
            raise Broken
    async with unit_of_work():
        await enqueue("kept", {}, due_at=now)
    assert await states() == {"kept": "queued"}


async def test_a_dedupe_key_lets_one_in_and_breaks_no_transaction(database: Config, now: datetime) -> None:
    first = await enqueue("once", {"number": 1}, due_at=now, dedupe_key="k")
    async with unit_of_work():
        assert await enqueue("once", {"number": 2}, due_at=now, dedupe_key="k") is None
        assert await enqueue("other", {}, due_at=now) is not None
    rivals = await asyncio.gather(*(enqueue("r", {}, due_at=now, dedupe_key="rival") for _ in range(10)))
    assert len([one for one in rivals if one]) == 1
    assert (await models.Job.get(id=first)).payload == {"number": 1}
    assert await models.Job.all().count() == 3


async def test_a_job_is_claimed_by_one_worker_only_when_it_is_due(database: Config, now: datetime) -> None:
    for number in range(20):
        await enqueue("work", {"number": number}, due_at=now + timedelta(seconds=number % 2))
    taken = await asyncio.gather(*(claim(f"w{n}", ["work"], now=now, lease=LEASE, most=3) for n in range(6)))
    ids = [job.id for jobs in taken for job in jobs]
    assert len(ids) == len(set(ids)) == 10
    assert await claim("late", ["work"], now=now, lease=LEASE, most=3) == []
    assert await claim("deaf", ["something else"], now=now + LEASE, lease=LEASE, most=3) == []


async def test_a_lease_that_ends_frees_the_job_and_its_first_worker_can_no_longer_end_it(
    database: Config, now: datetime
) -> None:
    await enqueue("work", {}, due_at=now)
    (first,) = await claim("one", ["work"], now=now, lease=LEASE, most=9)
    assert await claim("two", ["work"], now=now + LEASE, lease=LEASE, most=9) == []
    await keep([first.id], "one", until=now + 2 * LEASE)
    assert await claim("two", ["work"], now=now + 1.5 * LEASE, lease=LEASE, most=9) == []
    (second,) = await claim("two", ["work"], now=now + 3 * LEASE, lease=LEASE, most=9)
    assert (first.attempts, second.attempts) == (1, 2)
    await finish_jobs([first.id], "one", now=now)
    await keep([first.id], "one", until=now)
    row = await models.Job.get(id=first.id)
    assert (row.state, row.leased_by, row.leased_until) == ("leased", "two", now + 4 * LEASE)


async def test_jobs_run_in_the_order_in_which_they_are_due(database: Config, now: datetime) -> None:
    seen: list[int] = []

    async def note(payload: dict[str, Any]) -> None:
        seen.append(payload["number"])

    for number in (3, 1, 2, 5):
        await enqueue("note", {"number": number}, due_at=now + timedelta(seconds=number))
    worker = worker_of(FakeClock(now), note=note)
    assert await worker.run_until_idle(now + timedelta(seconds=3)) == 3
    assert seen == [1, 2, 3]
    assert await worker.run_until_idle(now + timedelta(hours=1)) == 1
    assert await models.Job.filter(state="done").count() == 4


async def test_a_job_that_fails_waits_longer_each_time_and_at_last_lies_with_the_dead(
    database: Config, now: datetime
) -> None:
    async def fail(payload: dict[str, Any]) -> None:
        raise Broken("no luck")

    job_id = await enqueue("fail", {}, due_at=now)
    assert job_id is not None
    worker = worker_of(FakeClock(now), fail=fail)
    waits = []
    for _ in range(3):
        before = await models.Job.get(id=job_id)
        assert await worker.run_until_idle(before.due_at) == 1
        after = await models.Job.get(id=job_id)
        waits.append(after.due_at - before.due_at)
    assert timedelta() < waits[0] < waits[1]
    assert (after.state, after.attempts, after.last_error) == ("dead", 3, "Broken: no luck")
    assert await worker.run_until_idle(now + timedelta(days=9)) == 0
    assert await retry_dead(job_id, now=now)
    assert not await retry_dead(job_id, now=now)
    assert await worker.run_until_idle(now) == 1


async def test_a_job_whose_workers_are_always_lost_dies_as_well(database: Config, now: datetime) -> None:
    await enqueue("kills", {}, due_at=now)
    for number in range(3):
        assert len(await claim(f"lost {number}", ["kills"], now=now + number * 2 * LEASE, lease=LEASE, most=1)) == 1
    ran: list[object] = []

    async def kills(payload: dict[str, Any]) -> None:
        ran.append(payload)

    await worker_of(FakeClock(now), kills=kills).run_until_idle(now + timedelta(hours=1))
    assert await states() == {"kills": "dead"}
    assert ran == []


async def test_jobs_of_a_plugin_that_is_off_wait_for_it(database: Config, now: datetime) -> None:
    await enqueue("theirs", {}, due_at=now)
    assert await worker_of(FakeClock(now), ours=nothing).run_until_idle(now) == 0
    row = await models.Job.get(name="theirs")
    assert (row.state, row.attempts) == ("queued", 0)
    assert await worker_of(FakeClock(now), theirs=nothing).run_until_idle(now) == 1


async def test_a_job_may_say_how_far_it_is_and_add_others(database: Config, now: datetime) -> None:
    seen: list[int] = []

    async def long(payload: dict[str, Any]) -> None:
        await report_progress(40)
        seen.append((await models.Job.get(name="long")).progress)
        await enqueue("short", {}, due_at=now)

    await enqueue("long", {}, due_at=now)
    await report_progress(77)
    assert await worker_of(FakeClock(now), long=long, short=nothing).run_until_idle(now) == 2
    assert seen == [40]
    assert {job.progress for job in await models.Job.all()} == {100}


async def test_each_job_has_a_context_of_its_own(database: Config, now: datetime) -> None:
    """A job that leaves a transaction's traces behind poisons nobody."""
    trace: ContextVar[str] = ContextVar("trace", default="clean")
    seen: list[str] = []

    async def leave_traces(payload: dict[str, Any]) -> None:
        seen.append(trace.get())
        trace.set("dirty")

    for _ in range(3):
        await enqueue("leave_traces", {}, due_at=now)
    await worker_of(FakeClock(now), leave_traces=leave_traces).run_until_idle(now)
    assert seen == ["clean"] * 3
    assert trace.get() == "clean"


async def test_three_schedulers_ask_for_each_of_a_thousand_moments_once(database: Config, now: datetime) -> None:
    """A14: 3 schedulers, 1,000 moments of fake time."""
    runs: list[str] = []

    async def sweep(payload: dict[str, Any]) -> None:
        runs.append(payload["due_at"])

    clock = FakeClock(now)
    workers = [Worker({"sweep": Job("sweep", sweep, every="* * * * *")}, clock) for _ in range(3)]
    for _ in range(1000):
        clock.forward(minutes=1)
        assert sum(await asyncio.gather(*(worker.schedule() for worker in workers))) == 1
    await workers[0].run_until_idle(most=2000)
    assert len(runs) == len(set(runs)) == 1000
    assert await CronTick.all().count() == 1000


async def test_moments_that_were_missed_are_made_up_for_once(database: Config, now: datetime) -> None:
    runs: list[str] = []

    async def sweep(payload: dict[str, Any]) -> None:
        runs.append(payload["due_at"])

    def fresh() -> Worker:
        return Worker({"sweep": Job("sweep", sweep, every="0 3 * * *")}, FakeClock(now))

    assert await fresh().run_until_idle(now) == 1
    assert await fresh().run_until_idle(now + timedelta(hours=1)) == 0
    assert await fresh().run_until_idle(now + timedelta(days=5)) == 1
    # Three in the morning in the county is seven in the evening of the day before in UTC.
    assert runs == [datetime(2026, 11, day, 19, tzinfo=UTC).isoformat() for day in (23, 28)]


async def test_what_is_old_goes_and_what_is_needed_stays(database: Config, now: datetime) -> None:
    await enqueue("done", {}, due_at=now)
    await enqueue("later", {}, due_at=now + timedelta(days=99))
    await worker_of(FakeClock(now), done=nothing).run_until_idle(now)
    for days in (0, 1, 40):
        await tick("sweep", now + timedelta(days=days), now=now)
    await tick("yearly", now, now=now)
    for key, hours in (("old", 0), ("young", 30)):
        await RequestSeen.create(key=key, session_key="", route="", digest="", at=now + timedelta(hours=hours))
    await forget_old(now + timedelta(hours=30))
    assert await models.Job.filter(name="done").count() == 1
    assert [row.key for row in await RequestSeen.all()] == ["young"]
    await forget_old(now + timedelta(days=41))
    assert await models.Job.filter(name="done").count() == 0
    assert await models.Job.filter(name="later").count() == 1
    kept = {(row.name, (row.due_at - now).days) for row in await CronTick.all()}
    assert kept == {("sweep", 40), ("yearly", 0)}


def test_the_wait_grows_to_an_hour_and_no_further() -> None:
    waits = [retry_after(attempts).total_seconds() for attempts in (1, 2, 5, 12, 500)]
    assert waits[0] == pytest.approx(5, rel=0.11)
    assert waits[1] == pytest.approx(10, rel=0.11)
    assert waits[2] == pytest.approx(80, rel=0.11)
    assert waits[3:] == pytest.approx([3600, 3600], rel=0.11)


async def run_with(worker: Worker, body: Callable[[], Awaitable[None]]) -> None:
    """The worker runs for as long as `body` does, and then stops."""
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run_forever(stop))
    async with asyncio.timeout(BOUND):
        await body()
        stop.set()
        await working


async def test_a_worker_wakes_up_for_a_commit_and_runs_jobs_side_by_side(
    database: Config, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With polling out of the way: each job waits for all others, which they can do only if all were started."""
    monkeypatch.setattr("lianxin.data.worker.POLL_SECONDS", 3600)
    together = asyncio.Barrier(AT_ONCE)
    done = asyncio.Semaphore(0)

    async def meet(payload: dict[str, Any]) -> None:
        await together.wait()
        done.release()

    async def body() -> None:
        await asyncio.sleep(0.1)
        for number in range(AT_ONCE):
            await enqueue("meet", {"number": number}, due_at=now)
        for _ in range(AT_ONCE):
            await done.acquire()

    await run_with(Worker({"meet": Job("meet", meet, lease_seconds=9999)}, FakeClock(now)), body)
    assert await models.Job.filter(state="done").count() == AT_ONCE


async def test_a_slow_job_holds_up_nobody(database: Config, now: datetime) -> None:
    slow_may_end, fast_ended = asyncio.Event(), asyncio.Event()

    async def slow(payload: dict[str, Any]) -> None:
        await slow_may_end.wait()

    async def fast(payload: dict[str, Any]) -> None:
        fast_ended.set()

    async def body() -> None:
        await enqueue("slow", {}, due_at=now)
        await asyncio.sleep(0.1)
        await enqueue("fast", {}, due_at=now)
        await fast_ended.wait()
        slow_may_end.set()

    await run_with(worker_of(FakeClock(now), slow=slow, fast=fast), body)
    assert await states() == {"slow": "done", "fast": "done"}


async def test_a_long_job_keeps_its_lease(database: Config, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianxin.data.worker.POLL_SECONDS", 0.02)
    clock, started, may_end = FakeClock(now), asyncio.Event(), asyncio.Event()

    async def long(payload: dict[str, Any]) -> None:
        started.set()
        await may_end.wait()

    async def body() -> None:
        await enqueue("long", {}, due_at=now)
        await started.wait()
        for _ in range(10):
            clock.forward(seconds=40)
            while not await models.Job.filter(leased_until__gt=clock() + timedelta(seconds=45)).exists():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        may_end.set()

    await run_with(worker_of(clock, long=long), body)
    row = await models.Job.get(name="long")
    assert (row.state, row.attempts) == ("done", 1)


async def test_a_worker_that_stops_gives_back_what_it_could_not_end(
    database: Config, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxin.data.worker.GRACE_SECONDS", 0.05)
    started = asyncio.Event()

    async def endless(payload: dict[str, Any]) -> None:
        started.set()
        await asyncio.Event().wait()

    async def body() -> None:
        await enqueue("endless", {}, due_at=now)
        await started.wait()

    await run_with(worker_of(FakeClock(now), endless=endless), body)
    row = await models.Job.get(name="endless")
    assert (row.state, row.attempts, row.leased_by) == ("queued", 0, None)
