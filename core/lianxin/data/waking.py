"""Waking the worker of this process when a job was committed; other processes look every two seconds."""

from __future__ import annotations

import asyncio

_waiting: set[asyncio.Event] = set()


async def wake() -> None:
    """Called after a commit that added a job."""
    for event in _waiting:
        event.set()


def add_sleeper(event: asyncio.Event) -> None:
    """From now on `wake` sets the event."""
    _waiting.add(event)


def remove_sleeper(event: asyncio.Event) -> None:
    """No longer."""
    _waiting.discard(event)
