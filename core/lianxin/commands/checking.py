"""`lianxin check`."""

from __future__ import annotations

import json

import click

from lianxin.commands.site import within_site
from lianxin.config import Config
from lianxin.declarations import Check, Verdict
from lianxin.operate.checks import kernel_checks
from lianxin.plugging.assembly import Assembly

_MARKS = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}


@click.command()
@click.option(
    "--deploy", is_flag=True, help="Also what must hold before people use the site; warnings count as errors."
)
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def check(deploy: bool, as_json: bool) -> None:
    """Asks what could be wrong with the site. Exit code 1 if something is."""

    async def ask(config: Config, assembly: Assembly) -> list[tuple[Check, Verdict]]:
        asked = [*kernel_checks(assembly.tables), *assembly.items("checks")]
        return [(each, await each.look(config)) for each in asked if deploy or not each.deploy]

    answers = within_site(ask)
    bad = {"error", "warning"} if deploy else {"error"}
    if as_json:
        rows = [
            {"check": asked.name, "level": verdict.level, "text": str(verdict.text), "fix": str(verdict.fix)}
            for asked, verdict in answers
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for asked, verdict in answers:
            click.echo(f"{_MARKS[verdict.level]}  {asked.title}" + (f": {verdict.text}" if verdict.text else ""))
            if verdict.level != "ok":
                click.echo(f"         → {verdict.fix}")
    raise SystemExit(1 if any(verdict.level in bad for _, verdict in answers) else 0)
