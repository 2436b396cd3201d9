"""`lianxin init`: a new site, with keys and a first administrator."""

from __future__ import annotations

from pathlib import Path

import click

from lianxin.commands.site import run, site_assembly
from lianxin.config import load_config
from lianxin.data.keys import make_keys
from lianxin.data.migrate import migrate
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


def write_site(folder: Path, *, base_url: str, listen: str, database: str, plugins: list[str], demo: bool) -> None:
    """The folder of a site: configuration, keys, a place for uploads. Raises FileExistsError."""
    folder.mkdir(parents=True, exist_ok=True)
    named = ", ".join(f'"{name}"' for name in plugins)
    text = TEMPLATE.format(base_url=base_url, listen=listen, database=database, plugins=named)
    with (folder / "lianxin.toml").open("x", encoding="utf-8") as file:
        file.write(
            text + ("\n# A demonstration: invented people, sign-in without proof.\ndemo = true\n" if demo else "")
        )
    make_keys(folder / "keys.toml")
    (folder / "uploads").mkdir(exist_ok=True)


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
    config = load_config(folder)
    assembly = site_assembly(config)

    async def fill() -> None:
        await migrate(config, assembly.tables, report=click.echo)
        async with open_site(config, assembly):
            await make_administrator(administrator, name, password, now=system_clock())

    run(fill())
    click.echo(f"The site is made. Start it with: lianxin --site {folder} serve")
