"""The one table of jobs, which is the outbox: a job is a row of the transaction that wants it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.data.connection import connection, is_sqlite
from lianxin.data.models import CronTick, Job, RequestSeen
from lianxin.data.unit import unit_of_work
from lianxin.data.waking import wake
from lianxin.values.identifiers import uuid7

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)
JOBS_KEPT = timedelta(days=30)
REQUESTS_KEPT = timedelta(hours=24)
_LONGEST_FAULT = 2000


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker may run until its lease ends. `attempts` counts the one at hand."""

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

    `now` is when it was asked for, where that is not the moment at which it is due. None when a job with this
    `dedupe_key` is there already, done or not: the database decides, so that no two get in.
    """
    values = [str(uuid7()), name, json.dumps(payload), due_at, dedupe_key, now or due_at]
    async with unit_of_work() as unit:
        rows = await _ask(
            "INSERT INTO job (id, name, payload, state, due_at, attempts, dedupe_key, progress, created_at) "
            "VALUES ($1, $2, $3, 'queued', $4, 0, $5, 0, $6) ON CONFLICT DO NOTHING RETURNING id",
            values,
        )
        if rows:
            unit.after_commit(wake)
    return UUID(str(rows[0]["id"])) if rows else None


async def claim(worker: str, names: Sequence[str], *, now: datetime, lease: timedelta, most: int) -> list[Leased]:
    """Takes up to `most` jobs of these names that are due, or whose worker has not been heard of.

    One statement, so that no two workers take one job. Earliest due first.
    """
    if not names or most < 1:
        return []
    places = ", ".join(f"${number}" for number in range(5, 5 + len(names)))
    lock = "" if is_sqlite() else " FOR UPDATE SKIP LOCKED"
    async with unit_of_work():
        rows = await _ask(
            # Of the text only the numbers of places and the lock are put in.
            "UPDATE job SET state = 'leased', leased_by = $1, leased_until = $2, attempts = attempts + 1 "  # noqa: S608
            "WHERE id IN (SELECT id FROM job "
            "WHERE ((state = 'queued' AND due_at <= $3) OR (state = 'leased' AND leased_until < $3)) "
            f"AND name IN ({places}) ORDER BY due_at, id LIMIT $4{lock}) "
            "RETURNING id, name, payload, attempts, due_at",
            [worker, now + lease, now, most, *names],
        )
    rows.sort(key=lambda row: (str(row["due_at"]), str(row["id"])))
    return [Leased(UUID(str(row["id"])), row["name"], json.loads(row["payload"]), row["attempts"]) for row in rows]


async def is_due(names: Sequence[str], *, now: datetime) -> bool:
    """Whether `claim` would find something: a look that takes no lock."""
    if not names:
        return False
    free = Job.filter(state="queued", due_at__lte=now, name__in=names)
    return await free.exists() or await Job.filter(state="leased", leased_until__lt=now, name__in=names).exists()


async def keep(job_ids: Iterable[UUID], worker: str, *, until: datetime) -> None:
    """Lengthens leases that are still this worker's."""
    async with unit_of_work():
        await Job.filter(id__in=list(job_ids), leased_by=worker, state="leased").update(leased_until=until)


async def finish_jobs(job_ids: Iterable[UUID], worker: str, *, now: datetime) -> None:
    """These are done, as far as they are still this worker's."""
    async with unit_of_work():
        await Job.filter(id__in=list(job_ids), leased_by=worker, state="leased").update(
            state="done", finished_at=now, progress=100, leased_by=None, leased_until=None
        )


async def fail_job(job: Leased, worker: str, fault: str, *, attempts: int, now: datetime) -> None:
    """Back into the queue for later, or dead after so many attempts: an administrator sees it and may retry it."""
    dead = job.attempts >= attempts
    async with unit_of_work():
        await Job.filter(id=job.id, leased_by=worker, state="leased").update(
            state="dead" if dead else "queued",
            due_at=now if dead else now + retry_after(job.attempts),
            finished_at=now if dead else None,
            last_error=fault[:_LONGEST_FAULT],
            leased_by=None,
            leased_until=None,
        )


async def give_back(worker: str, *, now: datetime) -> None:
    """A worker that stops leaves what it could not end to the others, at once and not counted as an attempt."""
    async with unit_of_work():
        await _do(
            "UPDATE job SET state = 'queued', due_at = $1, attempts = attempts - 1, leased_by = NULL, "
            "leased_until = NULL WHERE leased_by = $2 AND state = 'leased'",
            [now, worker],
        )


def retry_after(attempts: int) -> timedelta:
    """Twice as long after each failure, an hour at most, give or take a tenth so that retries spread."""
    seconds = min(FIRST_RETRY.total_seconds() * 2 ** min(attempts - 1, 20), LONGEST_RETRY.total_seconds())
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
    async with unit_of_work():
        await Job.filter(id=job_id).update(progress=max(0, min(percent, 100)))


async def tick(name: str, due_at: datetime, *, now: datetime) -> bool:
    """Asks for a periodic job at one due moment: once, however many schedulers there are. True for who was first."""
    async with unit_of_work():
        rows = await _ask(
            "INSERT INTO cron_tick (id, name, due_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
            [str(uuid7()), name, due_at],
        )
        if rows:
            await enqueue(name, {"due_at": due_at.isoformat()}, due_at=due_at, now=now)
    return bool(rows)


async def last_tick(name: str) -> datetime | None:
    """The latest moment at which this periodic job was asked for."""
    row = await CronTick.filter(name=name).order_by("-due_at").first()
    return row.due_at if row else None


async def forget_old(now: datetime) -> None:
    """Removes jobs done long ago, all ticks of that time but the last of each name, and keys of requests of yesterday.

    Dead jobs stay until somebody has looked at them.
    """
    async with unit_of_work():
        await Job.filter(state="done", finished_at__lt=now - JOBS_KEPT).delete()
        await RequestSeen.filter(at__lt=now - REQUESTS_KEPT).delete()
        await _do(
            "DELETE FROM cron_tick WHERE due_at < $1 AND due_at < "
            "(SELECT max(later.due_at) FROM cron_tick later WHERE later.name = cron_tick.name)",
            [now - JOBS_KEPT],
        )


async def _ask(sql: str, values: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await connection().execute_query_dict(*_for_engine(sql, values))
    return rows


async def _do(sql: str, values: list[Any]) -> None:
    await connection().execute_query(*_for_engine(sql, values))


def _for_engine(sql: str, values: list[Any]) -> tuple[str, list[Any]]:
    """SQLite names places ?1 and keeps times as text in UTC, PostgreSQL names them $1 and keeps times."""
    if not is_sqlite():
        return sql, values
    texts = [value.astimezone(UTC).isoformat(" ") if isinstance(value, datetime) else value for value in values]
    return sql.replace("$", "?"), texts
