"""Background work of the plugin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from lianxin.api import N_, Job
from lianxin_exchange.actions.sending import MOST_TRIES, allow_loopback, deliver
from lianxin_exchange.actions.telling import SEND


async def _send(payload: dict[str, Any]) -> None:
    await deliver(UUID(payload["delivery"]), now=datetime.now(UTC))


JOBS: Final = (Job(SEND, _send, attempts=MOST_TRIES, title=N_("Telling another system of a matter")),)


@asynccontextmanager
async def open_sending(config: Any) -> AsyncIterator[None]:
    """A demonstration may tell a receiver on its own machine."""
    allow_loopback(config.demo)
    try:
        yield
    finally:
        allow_loopback(False)
