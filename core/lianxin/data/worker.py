"""Runs jobs: each in a task and context of its own, so that none can poison the next."""

from __future__ import annotations

import asyncio
import contextvars
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import structlog

from lianxin.data.jobs import Leased, claim, fail_job, finish_job, keep, tick
from lianxin.data.schedule import parse_schedule
from lianxin.data.waking import add_sleeper, remove_sleeper
from lianxin.declarations import Job

POLL_SECONDS = 2.0
AT_ONCE = 4
FAULT_SECONDS = 2.0
_log = structlog.get_logger("lianxin.jobs")


class Worker:
    """Takes what is due and runs it. Jobs of plugins that are off stay in the queue until they are on again."""

    def __init__(
        self, jobs: Mapping[str, Job], clock: Callable[[], datetime], *, zone: tzinfo = ZoneInfo("Asia/Shanghai")
    ) -> None:
        self._jobs = jobs
        self._clock = clock
        self._zone = zone
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._schedules = {name: parse_schedule(job.every) for name, job in jobs.items() if job.every}
        self._lease = timedelta(seconds=max([job.lease_seconds for job in jobs.values()], default=60))
        self._started = clock()

    async def run_forever(self, stop: asyncio.Event) -> None:
        """Until `stop` is set. A database that does not answer is asked again."""
        awake = asyncio.Event()
        add_sleeper(awake)
        try:
            while not stop.is_set():
                awake.clear()
                try:
                    await self.schedule()
                    ran = await self.run_once()
                except Exception:
                    _log.exception("worker_failed")
                    await _sleep(FAULT_SECONDS, stop)
                    continue
                if not ran:
                    await _sleep(POLL_SECONDS, awake, stop)
        finally:
            remove_sleeper(awake)

    async def run_until_idle(self, *, most: int = 10_000) -> int:
        """Runs what is due, and what that makes due, until nothing is left. Answers how many."""
        done = 0
        while done < most and (ran := await self.run_once()):
            done += ran
        return done

    async def schedule(self) -> None:
        """Asks for periodic jobs whose moment has come: the last one missed, once; none from before the start."""
        now = self._clock()
        for name, schedule in self._schedules.items():
            due = schedule.last_before(now, self._zone)
            if due is not None and due > self._started - timedelta(days=1):
                await tick(name, due, now=now)

    async def run_once(self) -> int:
        """Takes a handful of jobs and runs them side by side. Answers how many."""
        taken = await claim(self._name, now=self._clock(), lease=self._lease, most=AT_ONCE)
        tasks = [
            asyncio.create_task(self._run(job), name=f"job {job.name}", context=contextvars.copy_context())
            for job in taken
        ]
        if tasks:
            await asyncio.wait(tasks)
        return len(tasks)

    async def _run(self, job: Leased) -> None:
        declared = self._jobs.get(job.name)
        if declared is None:
            await fail_job(job, self._name, "no plugin that is on runs this job", attempts=1_000_000, now=self._clock())
            return
        beating = asyncio.create_task(self._beat(job))
        try:
            await declared.run(job.payload)
        except Exception as fault:
            _log.exception("job_failed", job=job.name, attempt=job.attempts)
            told = f"{type(fault).__name__}: {fault}"
            await fail_job(job, self._name, told, attempts=declared.attempts, now=self._clock())
        else:
            await finish_job(job.id, self._name, now=self._clock())
        finally:
            beating.cancel()

    async def _beat(self, job: Leased) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            await keep(job.id, self._name, until=self._clock() + self._lease)


async def _sleep(seconds: float, *events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    with suppress(TimeoutError):
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
