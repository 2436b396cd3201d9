"""The one table of jobs, which is the outbox: a job is a row of the transaction that wants it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from lianxin.data.connection import connection, is_sqlite
from lianxin.data.models import CronTick, Job
from lianxin.data.unit import unit_of_work
from lianxin.data.waking import wake

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker may run until its lease ends."""

    id: UUID
    name: str
    payload: dict[str, Any]
    attempts: int


async def enqueue(
    name: str,
    payload: dict[str, Any],
    *,
    due_at: datetime,
    dedupe_key: str | None = None,
    now: datetime | None = None,
) -> UUID | None:
    """Adds a job to the unit of work at hand (or one of its own); workers hear of it after the commit.

    None when a job with this `dedupe_key` is there already, done or not.
    """
    async with unit_of_work() as unit:
        if dedupe_key is not None and await Job.filter(dedupe_key=dedupe_key).exists():
            return None
        row = Job(name=name, payload=payload, due_at=due_at, dedupe_key=dedupe_key, created_at=now or due_at)
        await row.save(force_create=True)
        unit.after_commit(wake)
    return row.id


_CLAIM = """
UPDATE job SET state = 'leased', leased_by = $1, leased_until = $2, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM job
    WHERE (state = 'queued' AND due_at <= $3) OR (state = 'leased' AND leased_until < $3)
    ORDER BY due_at LIMIT $4{lock}
)
RETURNING id
"""


async def claim(worker: str, *, now: datetime, lease: timedelta, most: int) -> list[Leased]:
    """Takes up to `most` jobs that are due, or whose worker has not been heard of: one statement, no two take one."""
    sqlite = is_sqlite()
    sql = _CLAIM.format(lock="" if sqlite else " FOR UPDATE SKIP LOCKED")
    values: list[Any] = [worker, now + lease, now, most]
    if sqlite:
        sql = sql.replace("$", "?")
        values = [value.isoformat(" ") if isinstance(value, datetime) else value for value in values]
    async with unit_of_work():
        taken = await connection().execute_query_dict(sql, values)
        rows = await Job.filter(id__in=[row["id"] for row in taken]).order_by("due_at")
    return [Leased(row.id, row.name, row.payload, row.attempts) for row in rows]


async def keep(job_id: UUID, worker: str, *, until: datetime) -> bool:
    """Lengthens a lease. False when it is somebody else's by now."""
    return bool(await Job.filter(id=job_id, leased_by=worker, state="leased").update(leased_until=until))


async def finish_job(job_id: UUID, worker: str, *, now: datetime) -> None:
    """The job is done."""
    await Job.filter(id=job_id, leased_by=worker).update(
        state="done", finished_at=now, progress=100, leased_by=None, leased_until=None
    )


async def fail_job(job: Leased, worker: str, fault: str, *, attempts: int, now: datetime) -> None:
    """Back into the queue for later, or dead after so many attempts: an administrator sees it and may retry it."""
    dead = job.attempts >= attempts
    await Job.filter(id=job.id, leased_by=worker).update(
        state="dead" if dead else "queued",
        due_at=now if dead else now + retry_after(job.attempts),
        finished_at=now if dead else None,
        last_error=fault[:2000],
        leased_by=None,
        leased_until=None,
    )


def retry_after(attempts: int) -> timedelta:
    """Twice as long after each failure, an hour at most, give or take a tenth so that retries spread."""
    seconds = min(FIRST_RETRY.total_seconds() * 2 ** (attempts - 1), LONGEST_RETRY.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311 - spreads retries, hides nothing


async def retry_dead(job_id: UUID, *, now: datetime) -> bool:
    """Gives a dead job another round of attempts. False when it is not dead."""
    async with unit_of_work() as unit:
        unit.after_commit(wake)
        return bool(
            await Job.filter(id=job_id, state="dead").update(state="queued", due_at=now, attempts=0, finished_at=None)
        )


async def set_progress(job_id: UUID, percent: int) -> None:
    """How far a long job is, 0 to 100."""
    await Job.filter(id=job_id).update(progress=max(0, min(percent, 100)))


async def tick(name: str, due_at: datetime, *, now: datetime) -> bool:
    """Asks for a periodic job at one due moment: once, however many schedulers there are. True for who was first."""
    if await CronTick.filter(name=name, due_at=due_at).exists():
        return False
    try:
        async with unit_of_work():
            await CronTick.create(name=name, due_at=due_at)
            await enqueue(name, {"due_at": due_at.isoformat()}, due_at=now)
    except IntegrityError:
        return False
    return True


async def forget_old(now: datetime, *, after: timedelta = timedelta(days=30)) -> None:
    """Removes jobs done long ago, and ticks that no scheduler will look at again."""
    await Job.filter(state="done", finished_at__lt=now - after).delete()
    await CronTick.filter(due_at__lt=now - after).delete()
