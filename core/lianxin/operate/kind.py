"""A demonstration is one for ever, and a real site never becomes one: the database itself says which it is."""

from __future__ import annotations

from datetime import datetime

from lianxin.config import Config, ConfigError
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.settings.models import Setting

NAME = "lianxin.demonstration"


async def mark_demonstration(now: datetime) -> None:
    """Says that this database holds invented people. Raises ConfigError when it holds any people already."""
    async with unit_of_work():
        if await is_demonstration():
            return
        if await Person.all().exists():
            raise ConfigError("This database has people in it. A demonstration is made in an empty one.")
        await Setting.create(name=NAME, value={"is": True}, changed_at=now)


async def is_demonstration() -> bool:
    """Whether the database was made by `lianxin demo`."""
    return await Setting.filter(name=NAME, area_id=None).exists()


async def check_kind(config: Config) -> None:
    """Raises ConfigError when the configuration and the database disagree about what this is."""
    marked = await is_demonstration()
    if config.demo and not marked:
        raise ConfigError(
            "demo is on, and this database was not made by `lianxin demo`: nobody would have to prove who she is. "
            "Take `demo` out of lianxin.toml and LIANXIN_DEMO out of the environment."
        )
    if marked and not config.demo:
        raise ConfigError(
            "This database was made by `lianxin demo`: its people are invented. Make a site with `lianxin init`."
        )
