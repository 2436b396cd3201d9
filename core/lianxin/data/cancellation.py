"""Finishing what must be finished, even when the task that asked for it is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def finish(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` to its end; a cancellation of the caller is raised only after that.

    BEGIN, COMMIT and ROLLBACK are awaited so: a cancellation in the middle of one leaves a lock or a pooled connection
    that nobody gives back, and the whole site hangs.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await _ended(task)
        if not task.cancelled():
            task.exception()  # looked at, so that it is not reported as never retrieved
        raise


async def _ended(task: asyncio.Future[Any]) -> None:
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            # Cancelled again while waiting (anyio repeats itself): the work must end all the same.
            continue
