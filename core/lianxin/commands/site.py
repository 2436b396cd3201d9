"""What most commands need first: the configuration, the plugin set, an open database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from lianxin.config import Config, load_config
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble

T = TypeVar("T")


def site_config() -> Config:
    """The configuration of the site that the command line names. Raises ConfigError."""
    folder = click.get_current_context().find_root().obj
    return load_config(folder if isinstance(folder, Path) else Path())


def site_assembly(config: Config, *, strict: bool = True) -> Assembly:
    """The plugin set of a site. Raises PluginFaults."""
    return assemble(config, built_in_rooms(config), strict=strict)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end."""
    return asyncio.run(work)


def within_site(work: Callable[[Config, Assembly], Coroutine[Any, Any, T]]) -> T:
    """Runs `work(config, assembly)` with the site's database, vault and registries open."""
    from lianxin.operate.lifetime import open_site

    config = site_config()
    assembly = site_assembly(config)

    async def opened() -> T:
        async with open_site(config, assembly):
            return await work(config, assembly)

    return run(opened())
