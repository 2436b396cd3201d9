"""The job that lays the seals."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from lianxin.audit.sealing import seal
from lianxin.declarations import Job


async def _seal(payload: dict[str, Any]) -> None:
    await seal(datetime.fromisoformat(payload["due_at"]))


SEAL_JOB: Final = Job("audit.seal", _seal, every="*/5 * * * *")
