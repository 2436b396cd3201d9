"""`lianxin migrate` and `lianxin makemigrations`."""

from __future__ import annotations

import click

from lianxin.commands.site import run, site_assembly, site_config
from lianxin.data.migrate import make_migrations
from lianxin.data.migrate import migrate as migrate_database
from lianxin.data.migrate import pending as list_pending


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Only say what is to be done; exit code 1 if anything is.")
def migrate(only_check: bool) -> None:
    """Brings the database up to date: the kernel's tables and those of the plugins that are on."""
    config = site_config()
    assembly = site_assembly(config)
    if only_check:
        waiting = run(list_pending(config, assembly.tables))
        click.echo("\n".join(waiting) or "The database is up to date.")
        raise SystemExit(1 if waiting else 0)
    done = run(migrate_database(config, assembly.tables, report=click.echo))
    click.echo(f"{len(done)} applied." if done else "The database is up to date.")


@click.command()
@click.argument("name")
def makemigrations(name: str) -> None:
    """Writes the next migration of plugin NAME ("lianxin" is the kernel) from what changed in its models."""
    config = site_config()
    made = run(make_migrations(name, site_assembly(config).tables))
    click.echo(f"Wrote {made}." if made else "Nothing has changed.")
