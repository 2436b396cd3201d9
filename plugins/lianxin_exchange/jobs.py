"""Background work of the plugin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from lianxin.api import N_, Job
from lianxin_exchange.actions.handing import CONSIDER, HAND_OVER, consider, hand_over, take_answers
from lianxin_exchange.actions.sending import MOST_TRIES, allow_loopback, deliver
from lianxin_exchange.actions.telling import SEND
from lianxin_exchange.demo_twin import TWIN


async def _send(payload: dict[str, Any]) -> None:
    await deliver(UUID(payload["delivery"]), now=datetime.now(UTC))


async def _consider(payload: dict[str, Any]) -> None:
    await consider(UUID(payload["matter"]), payload["event"], now=datetime.now(UTC))


async def _hand_over(payload: dict[str, Any]) -> None:
    await hand_over(UUID(payload["handing"]), now=datetime.now(UTC))


async def _take_answers(payload: dict[str, Any]) -> None:
    await take_answers(datetime.fromisoformat(payload["due_at"]))


JOBS: Final = (
    Job(SEND, _send, attempts=MOST_TRIES, title=N_("Telling another system of a matter")),
    Job(CONSIDER, _consider, title=N_("Looking which system decides a case")),
    Job(HAND_OVER, _hand_over, attempts=MOST_TRIES, title=N_("Handing a case to the system that decides it")),
    Job("exchange.take_answers", _take_answers, every="* * * * *", title=N_("Asking deciding systems for answers")),
)


@asynccontextmanager
async def open_sending(config: Any) -> AsyncIterator[None]:
    """A demonstration may tell a receiver on its own machine, and has a system that decides."""
    allow_loopback(config.demo)
    TWIN.on = config.demo
    try:
        yield
    finally:
        allow_loopback(False)
        TWIN.on = False
