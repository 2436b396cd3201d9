"""Writes docs/faults.md after `make faults`: a row for each fault and journey, with what was counted in it.

A pytest plugin (`-p tests.faults.report`). A row is named by the first line of the test's docstring, else by the test;
what it counted comes from `record_property("kills", 20)`. The engines run one after the other: each leaves its rows in
build/, and the page shows all that belong to the commit it was made at.
"""

import json
import os
import platform
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

import pytest

HEAD = """# Faults

What `make faults` found when it last ran: each fault and each browser journey in full size. Written by the run itself.

| | |
|---|---|
"""


class Row(TypedDict):
    """One test: what must hold, what was counted, how it ended, in how many seconds."""

    what: str
    counted: str
    outcome: str
    seconds: float


class Result(TypedDict):
    """One engine's run at one commit."""

    engine: str
    commit: str
    date: str
    machine: str
    rows: list[Row]


class Report:
    """Gathers the rows of this run and writes them when it ends."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names: dict[str, str] = {}
        self.rows: list[Row] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remembers what each test says it is about."""
        for item in session.items:
            told = (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip().splitlines()
            parameters = item.name[item.name.index("[") :] if "[" in item.name else ""
            self.names[item.nodeid] = f"{told[0].rstrip('.')} {parameters}".strip() if told else item.name

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A row for the test itself, and for whatever goes wrong before or after it."""
        if report.when != "call" and report.passed:
            return
        counted = ", ".join(f"{name} {value}" for name, value in report.user_properties)
        what = self.names.get(report.nodeid, report.nodeid)
        self.rows.append(Row(what=what, counted=counted, outcome=report.outcome, seconds=report.duration))

    def pytest_sessionfinish(self) -> None:
        """Leaves this engine's rows in build/ and writes the page anew."""
        if not self.rows:
            return
        result = Result(
            engine=os.environ.get("LIANXIN_TEST_ENGINE", "sqlite"),
            commit=commit_of(self.root),
            date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            machine=f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
            rows=self.rows,
        )
        build = self.root / "build"
        build.mkdir(exist_ok=True)
        (build / f"faults-{result['engine']}.json").write_text(json.dumps(result, ensure_ascii=False))
        (self.root / "docs").mkdir(exist_ok=True)
        (self.root / "docs" / "faults.md").write_text(render(results_at(build, result["commit"])))


def results_at(build: Path, commit: str) -> list[Result]:
    """What the engines left that ran at this commit, SQLite first."""
    found: list[Result] = [json.loads(path.read_text()) for path in build.glob("faults-*.json")]
    return sorted((each for each in found if each["commit"] == commit), key=lambda each: each["engine"] != "sqlite")


def render(results: Sequence[Result]) -> str:
    """The page, as Markdown."""
    facts = {
        "date": results[-1]["date"],
        "commit": results[-1]["commit"],
        "machine": results[-1]["machine"],
        "engines": " and ".join(each["engine"] for each in results),
    }
    head = HEAD + "".join(f"| {name} | {value} |\n" for name, value in facts.items())
    return head + "".join(_section(each) for each in results)


def _section(result: Result) -> str:
    outcomes = Counter(row["outcome"] for row in result["rows"])
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    minutes = sum(row["seconds"] for row in result["rows"]) / 60
    head = f"\n## {result['engine']}: {told}, {minutes:.1f} minutes\n\n"
    return head + "| what must hold | counted | result | seconds |\n|---|---|---|---:|\n" + _lines(result["rows"])


def _lines(rows: Sequence[Row]) -> str:
    return "".join(
        f"| {_cell(row['what'])} | {_cell(row['counted'])} | {row['outcome']} | {row['seconds']:.1f} |\n"
        for row in rows
    )


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def commit_of(root: Path) -> str:
    """The short hash that is checked out, and whether the tree differs from it."""

    def ask(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = ask("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/faults.md")
    return (ask("rev-parse", "--short", "HEAD") or "unknown") + (", with changes" if changed else "")


def pytest_configure(config: Any) -> None:
    """Joins the run."""
    config.pluginmanager.register(Report(config.rootpath), "fault-report")
