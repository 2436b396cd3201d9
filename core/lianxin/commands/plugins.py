"""`lianxin plugin list` and `lianxin routes`."""

from __future__ import annotations

import json

import click

from lianxin.commands.site import site_assembly, site_config, within_site
from lianxin.config import Config
from lianxin.plugging.assembly import Assembly
from lianxin.plugging.collecting import Collected
from lianxin.plugging.discovery import installed_names
from lianxin.plugging.hookspecs import HOOKS
from lianxin.web.mounting import mounted_path


@click.group()
def plugin() -> None:
    """What is installed, what is on, what each adds."""


@plugin.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_plugins(as_json: bool) -> None:
    """Every plugin: on (and what it adds), set aside (and why), or available. Exit code 1 if one is set aside."""
    config = site_config()
    assembly = site_assembly(config, strict=False)
    on = {part.name: _adds(part) for part in assembly.plugins}
    aside = {fault.plugin: str(fault) for fault in assembly.faults}
    available = sorted(set(installed_names()) - set(config.plugins))
    if as_json:
        click.echo(json.dumps({"on": on, "set_aside": aside, "available": available}, ensure_ascii=False))
    else:
        for name, adds in on.items():
            click.echo(f"on         {name}: " + ", ".join(f"{count} {hook}" for hook, count in adds.items()))
        for why in aside.values():
            click.echo(f"set aside  {why}")
        for name in available:
            click.echo(f"available  {name}")
    raise SystemExit(1 if aside else 0)


def _adds(part: Collected) -> dict[str, int]:
    return {hook: len(part.declared[hook]) for hook in HOOKS if part.declared[hook]}


@plugin.command("run")
@click.argument("name")
@click.argument("what", required=False)
def run_command(name: str, what: str | None) -> None:
    """Runs command WHAT of plugin NAME; without WHAT, lists what there is."""

    async def work(_: Config, assembly: Assembly) -> str:
        found = {each.item.name: each.item for each in assembly.all("commands") if each.owner == name}
        if what is None:
            return "\n".join(f"{each.name}  {each.help}" for each in found.values()) or f"{name} has no commands."
        if what not in found:
            raise click.UsageError(f"{name} has no command {what!r}. It has: {', '.join(found) or 'none'}.")
        return str(await found[what].run())

    click.echo(within_site(work))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def routes(as_json: bool) -> None:
    """Every address of the site and who may use it."""
    assembly = site_assembly(site_config(), strict=False)
    rows = [
        {
            "path": mounted_path(part, route),
            "name": f"{part.name}:{route.name}",
            "methods": list(route.methods),
            "access": route.access if isinstance(route.access, str) else route.access.value,
        }
        for part in assembly.parts
        for route in part.declared["routes"]
    ]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in sorted(rows, key=lambda each: str(each["path"])):
        click.echo(f"{'/'.join(row['methods']):5} {row['path']:44} {row['name']:32} {row['access']}")
