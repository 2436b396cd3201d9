"""Load on one target from a process of its own: `python -m tests.bench.load < plan.json` answers a line of JSON.

Bounded in connections and in time, and for loopback only. Each connection asks for one page after the other and is
kept alive. Where a request holds `NUMBER` it gets a number that was never sent before: keys of forms, addresses that
no cache knows.
"""

import asyncio
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from typing import Any, TypedDict

NUMBER = "@@@@@@number@@@@@@@@@@"
WARM_SECONDS = 0.3
LONGEST_SECONDS = 60.0
MOST_CONNECTIONS = 64
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Plan(TypedDict):
    """What to do: whole requests as text, taken in turn."""

    port: int
    seconds: float
    connections: int
    requests: list[str]
    core: int


class Load(TypedDict):
    """What came of it. `rate` is answers a second, `p50` and `p99` milliseconds, `size` bytes of the last body."""

    rate: float
    p50: float
    p99: float
    size: int
    statuses: dict[str, int]


def pin(core: int) -> None:
    """Keeps this process on one core, where the system can and has it."""
    if hasattr(os, "sched_setaffinity") and core in os.sched_getaffinity(0) and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {core})


class Requests:
    """The requests in turn, each with its number."""

    def __init__(self, texts: list[str]) -> None:
        self._parts = [[part.encode() for part in text.split(NUMBER)] for text in texts]
        self._first = time.time_ns()
        self._count = 0

    def take(self) -> bytes:
        """The next one."""
        parts = self._parts[self._count % len(self._parts)]
        number = b"%0*d" % (len(NUMBER), self._first + self._count)
        self._count += 1
        return number.join(parts)


class Run:
    """What all connections share: until when, and what they have seen."""

    def __init__(self, requests: Requests, seconds: float) -> None:
        self.requests = requests
        self.begins = time.perf_counter() + WARM_SECONDS
        self.ends = self.begins + seconds
        self.spent: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.size = 0

    def answered(self, status: str, size: int, sent: float, now: float) -> None:
        """One whole answer; those of the warm-up do not count."""
        if self.begins <= now <= self.ends:
            self.spent.append(now - sent)
            self.statuses[status] += 1
            self.size = size

    def result(self, seconds: float) -> Load:
        """The figures."""
        cuts = statistics.quantiles(self.spent, n=100) if len(self.spent) > 1 else [0.0] * 99
        return Load(
            rate=len(self.spent) / seconds,
            p50=cuts[49] * 1000,
            p99=cuts[98] * 1000,
            size=self.size,
            statuses=dict(self.statuses),
        )


class Connection(asyncio.Protocol):
    """One visitor: asks, waits for the whole answer, asks again."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._head = b""
        self._missing = -1
        self._length = 0
        self._status = ""
        self._sent = 0.0
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._head, self._missing = b"", -1
        self._sent = time.perf_counter()
        self._transport.write(self._run.requests.take())

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            found = _LENGTH.search(self._head, 0, end + 2)
            self._length = int(found[1]) if found else 0
            self._status = self._head[9:12].decode()
            self._missing = self._length - (len(self._head) - end - 4)
        else:
            self._missing -= len(data)
        if self._missing <= 0:
            self._whole()

    def _whole(self) -> None:
        now = time.perf_counter()
        self._run.answered(self._status, self._length, self._sent, now)
        if now < self._run.ends:
            self._ask()
        else:
            self._transport.abort()

    def connection_lost(self, fault: Exception | None) -> None:
        if time.perf_counter() < self._run.ends:
            self._run.statuses["lost"] += 1
        if not self.closed.done():
            self.closed.set_result(None)


async def visit(plan: Plan) -> Load:
    """Asks until the time is up."""
    seconds = min(plan["seconds"], LONGEST_SECONDS)
    run = Run(Requests(plan["requests"]), seconds)
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(lambda: Connection(run), "127.0.0.1", plan["port"]))[1]
        for _ in range(min(plan["connections"], MOST_CONNECTIONS))
    ]
    await asyncio.wait([each.closed for each in opened], timeout=WARM_SECONDS + seconds + 30)
    return run.result(seconds)


def main() -> None:
    """Reads the plan, prints the figures."""
    plan: Any = json.load(sys.stdin)
    pin(plan["core"])
    print(json.dumps(asyncio.run(visit(plan))))


if __name__ == "__main__":
    main()
