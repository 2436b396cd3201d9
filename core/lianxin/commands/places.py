"""`lianxin areas load`: the county's places."""

from __future__ import annotations

from pathlib import Path

import click
import yaml

from lianxin.calendar.actions import seed_calendar
from lianxin.commands.site import within_site
from lianxin.config import Config
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.area_changes import AreasLoaded, load_areas
from lianxin.plugging.assembly import Assembly
from lianxin.web.site import system_clock


@click.group()
def areas() -> None:
    """The county, its townships, villages and grids."""


@areas.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Adds the places of FILE (YAML), corrects names and telephones of those that are there, enters holidays."""
    try:
        raw = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise click.ClickException(f"{file} can't be read: {broken}") from broken

    async def work(_: Config, __: Assembly) -> AreasLoaded:
        now = system_clock()
        async with unit_of_work():
            await seed_calendar(now)
            return await load_areas(raw, valid_from=raw.get("valid_from") or now.date())

    try:
        loaded = within_site(work)
    except (Refused, KeyError, TypeError, AttributeError) as wrong:
        raise click.ClickException(
            f"{file} is not the list of a county: {wrong}. Compare it with the demo's."
        ) from wrong
    click.echo(f"{loaded.added} places added, {loaded.changed} corrected.")
