"""`python -m tests.bench.county [ENGINE …]`: a whole county, made by sets, and how long its pages and nights take.

Prints a table for each engine: what it took, how many queries it asked there and in a county of a tenth of the size.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianxin.testing.postgresql import ServerFound, create_database, drop_database, find_server
from tests.bench.county.pages import PAGES, Asked
from tests.bench.product import Visitor, product_command
from tests.bench.report import facts
from tests.bench.servers import ROOT, NotServing, Server, running

CASES = {"postgresql": 2_000_000, "sqlite": 200_000}
ITEMS = 5_000
FREE_GIGABYTES = 30
"""Ten are written, and what is there already must not be in need."""
HEAD = "|  | p50 | p95 | goal |  | queries | at a tenth |\n|---|---:|---:|---:|---|---:|---:|"
NIGHTS = {
    "catalogue published from a file": 20.0,
    "catalogue published from drafts": 20.0,
    "reminders": 30.0,
    "figures counted": 0.0,
}


@dataclass(frozen=True)
class Wanted:
    """How large, how often each page is asked for."""

    cases: int
    items: int
    visits: int


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.county", description=__doc__.split("\n\n")[0])
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help="usually postgresql sqlite")
    parser.add_argument("--share", type=float, default=1.0, help="of the size of the county: 0.01 to see that it runs")
    parser.add_argument("--visits", type=int, default=100)
    found = parser.parse_args(arguments)
    if set(found.engines) - set(CASES):
        parser.error(f"an engine is one of {', '.join(CASES)}")
    return found


@contextmanager
def place_of(engine: str, server: ServerFound | None) -> Iterator[tuple[Path, str]]:
    """A folder and a database that are gone afterwards. Raises SystemExit where the disk has no room."""
    if shutil.disk_usage(tempfile.gettempdir()).free < FREE_GIGABYTES * 1_000_000_000:
        raise SystemExit(f"A whole county wants {FREE_GIGABYTES} GB of free disk.")
    with tempfile.TemporaryDirectory(prefix="lianxin-county-") as name:
        if engine == "sqlite":
            yield Path(name) / "site", "sqlite"
            return
        assert server is not None
        url = asyncio.run(create_database(server, "lianxin_bench_county"))
        try:
            yield Path(name) / "site", url
        finally:
            asyncio.run(drop_database(server, "lianxin_bench_county"))


def _child(module: str, *arguments: str, given: Any = None) -> Any:
    command = [sys.executable, "-m", f"tests.bench.county.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotServing(f"{module} of {arguments} failed")
    return json.loads(done.stdout.splitlines()[-1])


def visit(server: Server, asked: Asked, token: str, visits: int) -> tuple[float, float]:
    """Median and p95 in milliseconds of one visitor, one page after the other over one connection."""
    visitor, spent = Visitor(server, token, 300), []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    warm = 2 * len(asked.paths) if len(asked.paths) < 10 else 5
    for number in range(visits + warm):
        path = asked.paths[number % len(asked.paths)]
        began = time.perf_counter()
        connection.request("GET", f"{path}{'&' if '?' in path else '?'}turn={number}", headers=visitor.headers())
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise NotServing(f"{path} answered {answer.status}: {body[:500]!r}")
        if number >= warm:
            spent.append((time.perf_counter() - began) * 1000)
        time.sleep(0.01)
    connection.close()
    cuts = statistics.quantiles(spent, n=20)
    return statistics.median(spent), cuts[18]


def measure(engine: str, wanted: Wanted, server: ServerFound | None) -> dict[str, Any]:
    """One county."""
    with place_of(engine, server) as (folder, database):
        print(f"{engine}: {wanted.cases:,} cases, {wanted.items:,} services …", file=sys.stderr, flush=True)
        made = _child("making", str(folder), database, str(wanted.cases), str(wanted.items))
        made["queries"] = _child("counting", str(folder), given=made["tokens"])
        if wanted.visits:
            made["pages"] = {}
            with running(product_command(folder, "granian"), folder) as product:
                pages = [*PAGES, Asked("a notice as PDF", "system", (f"/eservices/notice/{made['notice']}/pdf",), 300)]
                for asked in pages if made["notice"] else PAGES:
                    made["pages"][asked.what] = visit(product, asked, made["tokens"].get(asked.who, ""), wanted.visits)
                    print(f"  {asked.what}: {made['pages'][asked.what]}", file=sys.stderr, flush=True)
        return dict(made)


def table(engine: str, whole: dict[str, Any], tenth: dict[str, Any], wanted: Wanted) -> str:
    """As Markdown."""
    lines = [f"### {engine}: {wanted.cases:,} cases, {wanted.items:,} services\n", HEAD]
    limits = {asked.what: asked.limit for asked in PAGES} | {"a notice as PDF": 300.0}
    for what, (middle, most) in whole["pages"].items():
        limit, queries = limits[what], (whole["queries"].get(what, ""), tenth["queries"].get(what, ""))
        met = "met" if most <= limit else "**missed**"
        lines.append(
            f"| {what} | {middle:.1f} ms | {most:.1f} ms | ≤ {limit:g} ms | {met} | {queries[0]} | {queries[1]} |"
        )
    for what, limit in NIGHTS.items():
        seconds, count = whole["seconds"][what], whole["counts"].get(what, "")
        told = ("met" if seconds <= limit else "**missed**") if limit else ""
        lines.append(f"| {what} | {seconds:.1f} s |  | {f'≤ {limit:g} s' if limit else ''} | {told} | {count} |  |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """0 when all was measured, whatever came out."""
    options = read_arguments(arguments)
    print(" · ".join(facts().values()))
    with find_server() as server:
        for engine in options.engines or tuple(CASES):
            if engine == "postgresql" and server is None:
                print("PostgreSQL was NOT measured: none is running, and none is installed here.")
                continue
            wanted = Wanted(int(CASES[engine] * options.share), int(ITEMS * min(1, options.share * 10)), options.visits)
            tenth = measure(engine, Wanted(wanted.cases // 10, wanted.items // 10, 0), server)
            whole = measure(engine, wanted, server)
            print(f"\n{table(engine, whole, tenth, wanted)}\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
