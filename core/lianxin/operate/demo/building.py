"""Filling a demonstration: the kernel's data first, then each plugin's."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.operate.kind import mark_demonstration
from lianxin.operate.lifetime import make_worker, open_site
from lianxin.plugging.assembly import Assembly
from lianxin.web.site import system_clock


async def fill_demo(config: Config, assembly: Assembly, *, report: Callable[[str], None]) -> None:
    """Everything that `demo` hooks declare, by weight; then the messages that this caused are sent (to nobody)."""
    now = system_clock()
    async with open_database(config, assembly.tables):
        await mark_demonstration(now)
    async with open_site(config, assembly):
        for owned in sorted(assembly.all("demo"), key=lambda each: each.item.weight):
            report(f"  {owned.owner}")
            await owned.item.fill(now)
        await make_worker(config, assembly).run_until_idle()
