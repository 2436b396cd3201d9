"""What every visit shares: configuration, addresses, assets, the renderer, what was declared."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lianxin.config import Config
from lianxin.declarations import PageEntry, Route
from lianxin.plugging.assembly import Assembly
from lianxin.plugging.collecting import Owned
from lianxin.web.assets import Assets
from lianxin.web.open_streams import OpenStreams
from lianxin.web.urls import Urls


def system_clock() -> datetime:
    """The time of this moment, in UTC: the one place that looks at a clock for the web."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Site:
    """One running site. `clock` can be set by tests; all else is fixed at start."""

    config: Config
    assembly: Assembly
    urls: Urls
    assets: Assets
    routes: Mapping[str, Owned[Route]]
    shelves: Mapping[str, tuple[Owned[PageEntry], ...]]
    renderer: Any = None
    clock: Callable[[], datetime] = system_clock
    tail: Any = None
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    streams: OpenStreams = field(default_factory=OpenStreams)

    def cookie(self, name: str) -> str:
        """The cookie's name: bound to this very host where the site is reached over TLS."""
        return f"__Host-lianxin-{name}" if self.config.secure else f"lianxin-{name}"
