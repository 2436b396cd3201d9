"""Runs jobs: each in a task and context of its own, so that none can poison the next."""

from __future__ import annotations

import asyncio
import contextvars
import os
import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import structlog

from lianxin.data.at_hand import job_at_hand
from lianxin.data.cancellation import finish
from lianxin.data.jobs import Leased, claim, fail_job, finish_jobs, give_back, is_due, keep
from lianxin.data.scheduler import Scheduler
from lianxin.data.waking import add_sleeper, remove_sleeper
from lianxin.declarations.operation import Job

POLL_SECONDS = 2.0
AT_ONCE = 8
FAULT_SECONDS = 2.0
GRACE_SECONDS = 5.0
_log = structlog.get_logger("lianxin.jobs")


@dataclass(frozen=True, slots=True)
class _Ended:
    job: Leased
    fault: str | None


class Worker:
    """Takes what is due and runs it. Jobs of plugins that are off stay in the queue until they are on again.

    `jobs` by name; `clock` gives the time of this moment in UTC; `zone` is that of the schedules.
    """

    def __init__(
        self, jobs: Mapping[str, Job], clock: Callable[[], datetime], *, zone: tzinfo = ZoneInfo("Asia/Shanghai")
    ) -> None:
        self._jobs = jobs
        self._clock = clock
        self._name = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._scheduler = Scheduler(jobs.values(), zone)
        self._by_lease: defaultdict[int, list[str]] = defaultdict(list)
        for name, job in jobs.items():
            self._by_lease[job.lease_seconds].append(name)
        self._shortest = min(self._by_lease, default=60)
        self._running: dict[asyncio.Task[None], Leased] = {}
        self._ended: list[_Ended] = []
        self._kept_at: datetime | None = None
        self._context = contextvars.copy_context()

    async def run_forever(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then what runs may end, for a few seconds. A silent database is asked again."""
        awake = asyncio.Event()
        add_sleeper(awake)
        self._context = contextvars.copy_context()
        try:
            while not stop.is_set():
                awake.clear()
                if not await self._round():
                    await self._sleep(FAULT_SECONDS, stop)
                elif not self._ended:
                    await self._sleep(min(POLL_SECONDS, self._shortest / 3), awake, stop, *self._running)
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)
        finally:
            remove_sleeper(awake)
            await finish(self._leave())

    async def run_until_idle(self, now: datetime | None = None, *, most: int = 10_000) -> int:
        """Asks for periodic jobs, runs what is due, and what that makes due, one after the other. Answers how many.

        For tests and commands: `now` stands still (the clock is not looked at), and no lease is lengthened.
        """
        moment = now or self._clock()
        self._context = contextvars.copy_context()
        await self._scheduler.ask(moment)
        count = 0
        while count < most and (taken := await self._take(moment, 1)):
            for job in taken:
                await self._start(job)
            count += len(taken)
            await self._settle(moment)
        return count

    async def schedule(self, now: datetime | None = None) -> int:
        """Asks for the periodic jobs whose moment has come. Answers for how many this worker was the first."""
        return await self._scheduler.ask(now or self._clock())

    async def _round(self) -> bool:
        """One look at the table, in a context of its own. False when the database did not answer."""
        looking = asyncio.create_task(self._look(), context=self._context.copy())
        try:
            await looking
        except asyncio.CancelledError:
            looking.cancel()
            await asyncio.wait({looking})
            raise
        except Exception:
            _log.exception("worker_failed", worker=self._name)
            return False
        return True

    async def _look(self) -> None:
        """Settles what ended, keeps what runs, takes what is due. Own leases are kept before others are taken."""
        now = self._clock()
        await self._settle(now)
        await self._keep(now)
        await self._scheduler.ask(now)
        if len(self._running) < AT_ONCE and await is_due(list(self._jobs), now=now):
            for job in await self._take(now, AT_ONCE - len(self._running)):
                self._start(job)

    async def _take(self, now: datetime, most: int) -> list[Leased]:
        taken: list[Leased] = []
        for seconds, names in self._by_lease.items():
            lease = timedelta(seconds=seconds)
            taken += await claim(self._name, names, now=now, lease=lease, most=most - len(taken))
        return taken

    def _start(self, job: Leased) -> asyncio.Task[None]:
        task = asyncio.create_task(self._run(job), name=f"job {job.name}", context=self._context.copy())
        self._running[task] = job
        task.add_done_callback(self._running.pop)
        return task

    async def _run(self, job: Leased) -> None:
        job_at_hand.set(job)
        declared = self._jobs[job.name]
        if job.attempts > declared.attempts:
            # Its worker was lost each time, before it could say so.
            self._ended.append(_Ended(job, "the worker that ran it was lost, time and again"))
            return
        fault = None
        try:
            await declared.run(job.payload)
        except Exception as failed:
            _log.exception("job_failed", job=job.name, attempt=job.attempts)
            fault = f"{type(failed).__name__}: {failed}"
        self._ended.append(_Ended(job, fault))

    async def _settle(self, now: datetime) -> None:
        """Writes down what ended, all successes in one statement; what can't be written is tried again."""
        ended = list(self._ended)
        done = [each.job.id for each in ended if each.fault is None]
        if done:
            await finish_jobs(done, self._name, now=now)
        for each in ended:
            if each.fault is not None:
                attempts = self._jobs[each.job.name].attempts
                await fail_job(each.job, self._name, each.fault, attempts=attempts, now=now)
        del self._ended[: len(ended)]

    async def _keep(self, now: datetime) -> None:
        if self._kept_at and now - self._kept_at < timedelta(seconds=self._shortest / 4):
            return
        held: defaultdict[int, list[Leased]] = defaultdict(list)
        for job in self._running.values():
            held[self._jobs[job.name].lease_seconds].append(job)
        for seconds, jobs in held.items():
            await keep([job.id for job in jobs], self._name, until=now + timedelta(seconds=seconds))
        self._kept_at = now

    async def _leave(self) -> None:
        """Ends what still runs and gives it back; leases end by themselves where the database is silent."""
        for task in list(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(list(self._running))
        try:
            now = self._clock()
            await self._settle(now)
            await give_back(self._name, now=now)
        except Exception:
            _log.exception("worker_could_not_give_back", worker=self._name)

    @staticmethod
    async def _sleep(seconds: float, *events: asyncio.Event | asyncio.Task[None]) -> None:
        """Until one of the events is set or one of the tasks is done, so many seconds at most."""
        waits = {event if isinstance(event, asyncio.Task) else asyncio.ensure_future(event.wait()) for event in events}
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            if wait not in events:
                wait.cancel()
