"""`lianxin …`: what county IT types."""

from __future__ import annotations

from pathlib import Path

import click

from lianxin import __version__
from lianxin.commands.checking import check
from lianxin.commands.database import makemigrations, migrate
from lianxin.commands.demonstration import demo
from lianxin.commands.faults import Sentences
from lianxin.commands.making import init
from lianxin.commands.places import areas
from lianxin.commands.plugins import plugin, routes
from lianxin.commands.serving import serve, worker
from lianxin.commands.users import user


@click.group(
    cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "LIANXIN_CLI"}
)
@click.version_option(__version__)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    envvar="LIANXIN_SITE",
    show_default="this folder",
    help="The folder of the site, with its lianxin.toml.",
)
@click.pass_context
def command(context: click.Context, site: Path) -> None:
    """Lianxin 连心: a community platform for a whole county.

    Exit codes: 0 done, 1 a check or an action failed, 2 the command line or the configuration is not right.
    """
    context.obj = site


for each in (init, serve, worker, migrate, makemigrations, demo, areas, plugin, check, user, routes):
    command.add_command(each)


def main() -> None:
    """The console script."""
    command(standalone_mode=True)
