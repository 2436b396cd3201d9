"""The table that is printed, and build/bench.json."""

import json
import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.goals import Row
from tests.bench.measuring import Measured, Size
from tests.bench.servers import ROOT

HEAD = "|  | product | raw | × raw | goal |  |  |\n|---|---:|---:|---:|---:|---|---|"


def table(measured: Measured) -> str:
    """One pair, as Markdown."""
    return "\n".join([f"### {measured.engine} under {measured.server}\n", HEAD, *map(_line, measured.rows)])


def _line(row: Row) -> str:
    raw = "" if row.goal.absolute else f"{_figure(row.raw)} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    mark = "met" if row.met else "**missed**"
    ours = f"{_figure(row.product)} {row.unit}"
    return f"| {row.what} | {ours} | {raw} | {ratio} | {row.goal.told(row.unit)} | {mark} | {row.note} |"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def write_json(folder: Path, all_measured: Sequence[Measured], size: Size) -> Path:
    """Everything that was found, for machines. Durations are looked at, never asserted."""
    folder.mkdir(exist_ok=True)
    file = folder / "bench.json"
    told = {**facts(), "size": asdict(size), "runs": list(_runs(all_measured))}
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return file


def _runs(all_measured: Sequence[Measured]) -> Iterator[dict[str, Any]]:
    for each in all_measured:
        rows = [
            {
                "what": row.what,
                "unit": row.unit,
                "product": row.product,
                "raw": None if row.goal.absolute else row.raw,
                "ratio": row.ratio,
                "goal": row.goal.told(row.unit),
                "met": row.met,
            }
            for row in each.rows
        ]
        yield {"engine": each.engine, "server": each.server, "rows": rows, "details": each.details}


def facts() -> dict[str, str]:
    """When, on what, of which state."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit.stdout.strip() or "unknown",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }
