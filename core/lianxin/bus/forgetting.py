"""How long events are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lianxin.bus.models import Event
from lianxin.bus.publishing import newest_id
from lianxin.data.unit import unit_of_work
from lianxin.declarations.operation import Job

KEPT = timedelta(hours=1)


async def forget_old(now: datetime) -> int:
    """Removes events older than an hour; answers how many (more than 0 means some).

    The newest stays whatever its age: with it a listener that comes back after a quiet night is known to have missed
    nothing.
    """
    async with unit_of_work():
        newest = await newest_id()
        return await Event.filter(at__lt=now - KEPT, id__lt=newest).delete()


async def _run(payload: dict[str, Any]) -> None:
    await forget_old(datetime.fromisoformat(payload["due_at"]))


FORGET_JOB = Job("bus.forget_old", _run, every="*/10 * * * *")
