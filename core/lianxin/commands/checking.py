"""`lianxin check`."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from lianxin.commands.site import run, site_assembly, site_config
from lianxin.config import Config
from lianxin.declarations import Check, Verdict
from lianxin.i18n import use_language
from lianxin.operate.checks import BARS, first_checks, later_checks
from lianxin.operate.lifetime import open_site
from lianxin.plugging.assembly import Assembly

_MARKS = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}
Answers = list[tuple[Check, Verdict]]


@click.command()
@click.option(
    "--deploy", is_flag=True, help="Also what must hold before people use the site; warnings count as errors."
)
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def check(deploy: bool, as_json: bool) -> None:
    """Asks what could be wrong with the site. Exit code 1 if something is."""
    config = site_config()
    with use_language("en"):  # as all the command line speaks
        answers = run(_ask_all(config, site_assembly(config), deploy=deploy))
        click.echo(_as_json(answers) if as_json else _as_lines(answers))
    bad = {"error", "warning"} if deploy else {"error"}
    raise SystemExit(1 if any(verdict.level in bad for _, verdict in answers) else 0)


async def _ask_all(config: Config, assembly: Assembly, *, deploy: bool) -> Answers:
    first = await _ask(config, first_checks(assembly.tables), deploy=deploy)
    if any(verdict.level == "error" and asked.name in BARS for asked, verdict in first):
        return first
    async with open_site(config, assembly):
        return [*first, *await _ask(config, [*later_checks(), *assembly.items("checks")], deploy=deploy)]


async def _ask(config: Config, checks: Iterable[Check], *, deploy: bool) -> Answers:
    return [(each, await _answer(each, config)) for each in checks if deploy or not each.deploy]


async def _answer(asked: Check, config: Config) -> Verdict:
    """A question that breaks is an answer too: the others are still asked."""
    try:
        return await asked.look(config)
    except Exception as broken:
        text = f"The check {asked.name!r} itself failed: {type(broken).__name__}: {broken}."
        return Verdict("error", text, "Tell whoever wrote it; if it is the kernel's, report it.")


def _as_json(answers: Answers) -> str:
    rows = [
        {"check": asked.name, "level": verdict.level, "text": str(verdict.text), "fix": str(verdict.fix)}
        for asked, verdict in answers
    ]
    return json.dumps(rows, ensure_ascii=False)


def _as_lines(answers: Answers) -> str:
    lines = []
    for asked, verdict in answers:
        lines.append(f"{_MARKS[verdict.level]}  {asked.title}" + (f": {verdict.text}" if verdict.text else ""))
        if verdict.level != "ok":
            lines.append(f"         → {verdict.fix}")
    if answers and answers[-1][0].name in BARS:
        lines.append("The other questions wait until this is mended.")
    return "\n".join(lines)
