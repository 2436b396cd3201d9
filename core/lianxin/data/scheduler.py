"""Asking for periodic jobs when their moment has come: once, however many processes ask, and once for all missed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from lianxin.data.jobs import tick
from lianxin.data.schedule import parse_schedule
from lianxin.declarations.operation import Job


class Scheduler:
    """The periodic jobs of one process. It remembers what it asked for, so that a look costs no query."""

    def __init__(self, jobs: Iterable[Job], zone: tzinfo) -> None:
        self._zone = zone
        self._schedules = {job.name: parse_schedule(job.every) for job in jobs if job.every}
        self._asked: dict[str, datetime] = {}

    async def ask(self, now: datetime) -> int:
        """Asks for the last due moment of each job. Answers for how many this process was the first.

        Moments that were missed before it are left out: what a sweep would have done then, it does now.
        """
        first = 0
        for name, schedule in self._schedules.items():
            due = schedule.last_before(now, self._zone)
            if due is None or due <= self._asked.get(name, datetime.min.replace(tzinfo=now.tzinfo)):
                continue
            first += await tick(name, due, now=now)
            self._asked[name] = due
        return first
