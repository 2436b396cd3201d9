"""One measured pair: the product and the raw line on the same engine and server, visited in turn."""

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lianxin.testing.postgresql import ServerFound, create_database, drop_database
from tests.bench import product
from tests.bench.goals import Row, goal_of
from tests.bench.listening import Heard, ListeningPlan
from tests.bench.load import Load, Plan
from tests.bench.memory import resident_megabytes
from tests.bench.raw_site import signed
from tests.bench.raw_store import RESIDENTS, fill_store
from tests.bench.servers import LOAD_CORE, ROOT, NotServing, Server, own_command, running, settle
from tests.bench.site import Made

HEADS = {"Host": "localhost", "Accept-Language": "zh-CN"}
PRODUCT, RAW = "product", "raw"


@dataclass(frozen=True)
class Size:
    """How much of everything. A round visits each target once."""

    rounds: int = 3
    seconds: float = 3.0
    connections: int = 32
    sessions: int = 200
    listeners: int = 500
    messages: int = 10
    starts: int = 5


@dataclass(frozen=True)
class Pair:
    """Which engine, under which server, in which folder."""

    engine: str
    server: str
    folder: Path
    made: Made
    size: Size


@dataclass(frozen=True)
class Measured:
    """The rows of a pair, and every single figure behind them."""

    engine: str
    server: str
    rows: list[Row]
    details: dict[str, Any]


@contextmanager
def databases(engine: str, folder: Path, server: ServerFound | None) -> Iterator[tuple[str, str]]:
    """Where the product keeps its rows, and the raw line its own."""
    if engine == "sqlite":
        yield "sqlite", str(folder / "raw.sqlite3")
        return
    assert server is not None
    names = ("lianxin_bench_product", "lianxin_bench_raw")
    urls = [asyncio.run(create_database(server, name)) for name in names]
    try:
        yield urls[0], urls[1]
    finally:
        for name in names:
            asyncio.run(drop_database(server, name))


def fill_raw(pair: Pair, address: str) -> None:
    """Gives the raw line the content of the product's pages."""
    with running(product.product_command(pair.folder / "site", "granian"), pair.folder) as server:
        content = product.content_of(server, product.residents(server, pair.made)[0])
    fill_store(address, content)
    (pair.folder / "raw.json").write_text(json.dumps({"address": address, "content": content}), "utf-8")


def measure(pair: Pair, say: Callable[[str], None]) -> Measured:
    """Everything, one thing after the other."""
    details: dict[str, Any] = {"start": _starts(pair, say)}
    with (
        running(product.product_command(pair.folder / "site", pair.server), pair.folder) as ours,
        running(own_command("raw", pair.server, pair.folder), pair.folder) as raw,
        running(own_command("bare", pair.server, pair.folder), pair.folder) as bare,
    ):
        for what, (requests, connections) in _targets(pair, ours, raw).items():
            details[what] = _loads(pair, {PRODUCT: ours, RAW: raw}, requests, connections)
            say(what)
        details["memory"] = {PRODUCT: resident_megabytes(ours.pid), RAW: resident_megabytes(bare.pid)}
        details["first load"] = product.first_load(ours)
        details["live"] = _live(pair, ours, raw)
        say("live")
    return Measured(pair.engine, pair.server, _rows(pair, details), details)


def _targets(pair: Pair, ours: Server, raw: Server) -> dict[str, tuple[dict[str, list[str]], int]]:
    """What is asked of both, and over how many connections."""
    signed_in = product.residents(ours, pair.made)
    lists = [visitor.asks(product.LIST) for visitor in signed_in]
    raw_list = [product.request_text("GET", "/list", HEADS)]
    many = pair.size.connections
    return {
        "list": ({PRODUCT: lists, RAW: raw_list}, many),
        "list unchanged": (
            {PRODUCT: [each.asks(product.LIST) for each in product.strangers(ours)], RAW: raw_list},
            many,
        ),
        "detail": (
            {
                PRODUCT: [visitor.asks(product.DETAIL) for visitor in signed_in],
                RAW: [product.request_text("GET", "/detail/1", HEADS)],
            },
            many,
        ),
        "submit": (
            {
                PRODUCT: [each.sends(product.first_question(each), {"whom": "self"}) for each in signed_in],
                RAW: _raw_posts(),
            },
            many,
        ),
        "one visitor alone": ({PRODUCT: lists, RAW: raw_list}, 1),
    }


def _raw_posts() -> list[str]:
    body = "csrf=token&answers=whom%3Dself"
    cookies = [{**HEADS, "Cookie": f"session={signed(key)}"} for key in range(1, RESIDENTS + 1)]
    return [product.request_text("POST", "/detail/1/apply", headers, body) for headers in cookies]


def _loads(
    pair: Pair, servers: Mapping[str, Server], requests: Mapping[str, list[str]], connections: int
) -> dict[str, list[Load]]:
    """Rounds over both, the first one second in every other round. Raises NotServing for a wrong answer."""
    found: dict[str, list[Load]] = {name: [] for name in servers}
    for number in range(pair.size.rounds):
        for name in list(servers)[:: -1 if number % 2 else 1]:
            plan = Plan(
                port=servers[name].port,
                seconds=pair.size.seconds,
                connections=connections,
                requests=requests[name],
                core=LOAD_CORE,
            )
            load = cast(Load, child("load", plan))
            if set(load["statuses"]) - {"200", "303"} or not load["statuses"]:
                raise NotServing(f"{requests[name][0].splitlines()[0]} of {name} answered {load['statuses']}")
            found[name].append(load)
            settle(servers[name])
    return found


def child(module: str, plan: Mapping[str, Any]) -> Any:
    command = [sys.executable, "-m", f"tests.bench.{module}"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(plan), capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        raise NotServing(f"{module}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _starts(pair: Pair, say: Callable[[str], None]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {PRODUCT: [], RAW: []}
    for _ in range(pair.size.starts):
        for name, command in (
            (PRODUCT, product.product_command(pair.folder / "site", pair.server)),
            (RAW, own_command("bare", pair.server, pair.folder)),
        ):
            with running(command, pair.folder) as server:
                found[name].append(server.started)
    say("start")
    return found


def _live(pair: Pair, ours: Server, raw: Server) -> dict[str, Heard]:
    """The desk's open pages hear that a colleague took a matter or gave it back."""
    code = product.apply_whole(product.residents(ours, pair.made)[0])
    desk = product.colleagues(ours, pair.made)
    for colleague in desk:
        colleague.open("/desk/")  # the page comes before its stream; the session is written down as seen
    deeds = [
        desk[number % len(desk)].sends(f"/desk/m/{code}", {"do": deed})
        for number, deed in enumerate(["claim", "release"] * 5)
    ]
    streams = [each.asks("/desk/live") for each in desk]
    raw_post = product.request_text("POST", "/publish", HEADS, "hello")
    raw_get = product.request_text("GET", "/live", HEADS)
    found = {}
    for name, server, listen, publish in ((PRODUCT, ours, streams, deeds), (RAW, raw, [raw_get], [raw_post])):
        plan = ListeningPlan(
            port=server.port,
            pid=server.pid,
            listen=listen,
            publish=publish,
            listeners=pair.size.listeners,
            messages=pair.size.messages,
            core=LOAD_CORE,
        )
        found[name] = cast(Heard, child("listening", plan))
        settle(server)
    return found


def _rows(pair: Pair, details: Mapping[str, Any]) -> list[Row]:
    """The table of a pair."""

    def row(what: str, unit: str, figures: tuple[float, float], note: str = "") -> Row:
        return Row(what, unit, figures[0], figures[1], goal_of(what, pair.engine), note)

    def median(what: str, figure: str) -> tuple[float, float]:
        ours, raw = (statistics.median(each[figure] for each in details[what][name]) for name in (PRODUCT, RAW))
        return ours, raw

    live, memory, start = details["live"], details["memory"], details["start"]
    pages = details["first load"]
    heaviest = max(pages, key=lambda path: pages[path])
    return [
        *(row(what, "a second", median(what, "rate")) for what in ("list", "list unchanged", "detail", "submit")),
        row("one visitor alone", "ms", median("one visitor alone", "p50")),
        row(
            "one message to all",
            "ms",
            (live[PRODUCT]["last"], live[RAW]["last"]),
            f"the last of {live[PRODUCT]['heard']} listeners",
        ),
        row("memory of a listener", "KB", (live[PRODUCT]["kilobytes"], live[RAW]["kilobytes"])),
        row("start", "s", (statistics.median(start[PRODUCT]), statistics.median(start[RAW])), "raw: imports alone"),
        row("memory", "MB", (memory[PRODUCT], memory[RAW]), "after load; raw: imports alone"),
        row("memory of a process", "MB", (memory[PRODUCT], 0)),
        row("first load", "KB", (pages[heaviest] / 1000, 0), f"the heaviest page: {heaviest}"),
    ]
