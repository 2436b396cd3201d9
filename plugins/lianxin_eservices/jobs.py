"""Background work of the plugin."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from lianxin.api import Job
from lianxin_eservices.actions.drafting import drop_expired


async def _drop_expired(payload: dict[str, Any]) -> None:
    await drop_expired(datetime.fromisoformat(payload["due_at"]))


JOBS: Final = (Job("eservices.drop_drafts", _drop_expired, every="20 3 * * *"),)
