"""`lianxin init`: a new site, with keys and a first administrator."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from lianxin.access.passwords import check_new_password
from lianxin.commands.site import run, site_assembly
from lianxin.config import Config, ConfigError, load_config
from lianxin.data.connection import open_database
from lianxin.data.keys import make_keys
from lianxin.data.migrate import migrate, pending
from lianxin.declarations import Refused
from lianxin.directory.models import Person
from lianxin.i18n import use_language
from lianxin.operate.lifetime import open_site
from lianxin.operate.staff import make_administrator
from lianxin.plugging.discovery import installed_names
from lianxin.web.site import system_clock

TEMPLATE = """\
# How this site of Lianxin runs. Every key can be overridden by the environment: LIANXIN_BASE_URL and so on.
base_url = "{base_url}"
listen = "{listen}"

# "sqlite" keeps everything in this folder; or postgresql://user:password@host/database
database = "{database}"

# The plugins that are switched on, and those without which the site must not start.
plugins = [{plugins}]
essential = []
"""


WRITTEN = (
    *("lianxin.toml", "keys.toml", "lianxin.sqlite3", "lianxin.sqlite3-wal", "lianxin.sqlite3-shm"),
    "lianxin.sqlite3.lock",
)


def write_site(folder: Path, *, base_url: str, listen: str, database: str, plugins: list[str], demo: bool) -> None:
    """The folder of a site: configuration, keys, a place for uploads. Raises FileExistsError before it writes."""
    folder.mkdir(parents=True, exist_ok=True)
    if any((folder / name).exists() for name in WRITTEN):
        raise FileExistsError(folder)
    named = ", ".join(f'"{name}"' for name in plugins)
    text = TEMPLATE.format(base_url=base_url, listen=listen, database=database, plugins=named)
    # Nobody else may read it: the address of a database has a password in it.
    handle = os.open(folder / "lianxin.toml", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(
            text + ("\n# A demonstration: invented people, sign-in without proof.\ndemo = true\n" if demo else "")
        )
    make_keys(folder / "keys.toml")
    (folder / "uploads").mkdir(exist_ok=True)


def _take_back(folder: Path) -> None:
    """What `write_site` and a first migration wrote: a site that came to nothing is not in the way of the next try."""
    for name in WRITTEN:
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):  # there is something in it that is not ours
        (folder / "uploads").rmdir()


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--base-url", prompt="Address under which people will reach the site", default="http://127.0.0.1:8000")
@click.option("--listen", default="127.0.0.1:8000", show_default=True, help="Where the server listens.")
@click.option("--database", default="sqlite", show_default=True, help='"sqlite" or postgresql://…')
@click.option("--plugins", default=None, help="Names with commas between; all that are installed if left out.")
@click.option("--administrator", prompt="Login name of the first administrator")
@click.option("--name", prompt="Name of the first administrator")
@click.password_option(help="Password of the first administrator (8 characters at least).")
def init(
    folder: Path,
    base_url: str,
    listen: str,
    database: str,
    plugins: str | None,
    administrator: str,
    name: str,
    password: str,
) -> None:
    """Makes a new site in FOLDER: configuration, keys, an empty database, the first administrator. No demo data."""
    names = (
        sorted(installed_names()) if plugins is None else [part.strip() for part in plugins.split(",") if part.strip()]
    )
    try:
        write_site(folder, base_url=base_url, listen=listen, database=database, plugins=names, demo=False)
    except FileExistsError as there:
        raise click.ClickException(
            f"{folder} holds a site already. Choose another folder, or remove it first."
        ) from there
    with use_language("en"):  # as all the command line speaks
        try:
            run(_fill(folder, administrator, name, password))
        except BaseException as fault:
            _take_back(folder)
            if isinstance(fault, Refused):
                raise click.ClickException(fault.sentence()) from fault
            raise
    click.echo(f"The site is made. Start it with: lianxin --site {folder} serve")


async def _fill(folder: Path, administrator: str, name: str, password: str) -> None:
    check_new_password(password, administrator)
    config = load_config(folder)
    assembly = site_assembly(config)
    if "lianxin.0001_initial" not in await pending(config, assembly.tables) and await _has_people(config):
        raise ConfigError(
            "This database holds the people of a site already, sealed with that site's keys. Name an empty one."
        )
    await migrate(config, assembly.tables, report=click.echo)
    async with open_site(config, assembly):
        await make_administrator(administrator, name, password, now=system_clock())


async def _has_people(config: Config) -> bool:
    async with open_database(config):
        return await Person.all().exists()
