"""How many streams one visitor may hold open, in this process: a place of its own is kept for everybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from lianxin.web.visit import Visit

MOST_OF_A_SESSION: Final = 6
"""One browser needs one, shared by its tabs; an old one needs one a tab."""
MOST_OF_AN_ADDRESS: Final = 20


class OpenStreams:
    """Whoever opens one more than she may loses the one she opened first."""

    def __init__(self) -> None:
        self._open: dict[str, list[asyncio.Event]] = {}

    @contextmanager
    def one_more(self, visit: Visit) -> Iterator[asyncio.Event]:
        """A stream for as long as the block runs. The event says that it has to make room for a later one."""
        key, most = f"address {visit.address}", MOST_OF_AN_ADDRESS
        if visit.session is not None:
            key, most = f"session {visit.session.id}", MOST_OF_A_SESSION
        hers = self._open.setdefault(key, [])
        if len(hers) >= most:
            hers.pop(0).set()
        pushed_out = asyncio.Event()
        hers.append(pushed_out)
        try:
            yield pushed_out
        finally:
            if pushed_out in hers:
                hers.remove(pushed_out)
            if not hers and self._open.get(key) is hers:
                del self._open[key]
