"""Which job is running here: its code may say how far it is without being told its id."""

from __future__ import annotations

from contextvars import ContextVar

from lianxin.data.jobs import Leased, set_progress

job_at_hand: ContextVar[Leased | None] = ContextVar("job_at_hand", default=None)


async def report_progress(percent: int) -> None:
    """How far the job at hand is, 0 to 100. Outside a job nothing happens: the same code may run without one."""
    job = job_at_hand.get()
    if job is not None:
        await set_progress(job.id, percent)
