"""The end of the day."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from lianxin.api import N_, Job
from lianxin_counter.actions.ending import end_day


async def _end_day(payload: dict[str, Any]) -> None:
    await end_day(datetime.fromisoformat(payload["due_at"]))


JOBS: Final = (Job("counter.end_day", _end_day, every="50 23 * * *", title=N_("Clearing the numbers of the day")),)
