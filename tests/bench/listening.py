"""One message to many listeners, from a process of its own: `python -m tests.bench.listening < plan.json`.

A message counts for a listener when its `data:` arrives; its time begins before the POST that causes it is sent.
"""

import asyncio
import json
import resource
import statistics
import sys
import time
from typing import Any, TypedDict

from tests.bench.load import Requests, pin
from tests.bench.memory import private_kilobytes

LONGEST_SECONDS = 20.0
MOST_LISTENERS = 1000


class ListeningPlan(TypedDict):
    """What to do. `pid` is the server's, whose memory is looked at."""

    port: int
    pid: int
    listen: list[str]
    publish: list[str]
    listeners: int
    messages: int
    core: int


class Heard(TypedDict):
    """Milliseconds to the last listener (median over the messages); kilobytes that a listener costs; how many heard."""

    last: float
    kilobytes: float
    heard: int


class Listener(asyncio.Protocol):
    """One open page."""

    def __init__(self, request: bytes, arrived: list[float]) -> None:
        self._request = request
        self._arrived = arrived
        self.begun = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self.begun.done():
            self.begun.set_result(data[9:12])
        if b"data:" in data:
            self._arrived.append(time.perf_counter())


async def listen(plan: ListeningPlan) -> Heard:
    """Opens the listeners, sends the messages one by one, closes."""
    arrived: list[float] = []
    requests, loop = Requests(plan["listen"]), asyncio.get_running_loop()
    before = private_kilobytes(plan["pid"])
    listeners = [
        (await loop.create_connection(lambda: Listener(requests.take(), arrived), "127.0.0.1", plan["port"]))[1]
        for _ in range(min(plan["listeners"], MOST_LISTENERS))
    ]
    statuses = await asyncio.wait_for(asyncio.gather(*(each.begun for each in listeners)), LONGEST_SECONDS)
    if set(statuses) != {b"200"}:
        raise SystemExit(f"the stream answered {sorted({status.decode() for status in statuses})}")
    await asyncio.sleep(2)
    each = (private_kilobytes(plan["pid"]) - before) / len(listeners)
    try:
        times = await _messages(plan, arrived, len(listeners))
    finally:
        for listener in listeners:
            listener.transport.abort()
    return Heard(last=statistics.median(times), kilobytes=each, heard=len(arrived))


async def _messages(plan: ListeningPlan, arrived: list[float], wanted: int) -> list[float]:
    posts, times = Requests(plan["publish"]), []
    for _ in range(plan["messages"]):
        arrived.clear()
        began = time.perf_counter()
        await publish(plan["port"], posts.take())
        while len(arrived) < wanted:
            if time.perf_counter() - began > LONGEST_SECONDS:
                raise SystemExit(f"{len(arrived)} of {wanted} listeners heard the message")
            await asyncio.sleep(0.002)
        times.append((arrived[-1] - began) * 1000)
        await asyncio.sleep(0.3)
    return times


async def publish(port: int, request: bytes) -> None:
    """Sends the POST and reads as far as its status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    status = (await asyncio.wait_for(reader.readuntil(b"\r\n"), LONGEST_SECONDS))[9:12]
    writer.close()
    if status not in (b"200", b"303"):
        raise SystemExit(f"the message was answered by {status.decode()}")


def main() -> None:
    """Reads the plan, prints the figures."""
    plan: Any = json.load(sys.stdin)
    pin(plan["core"])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, 4096), hard), hard))
    print(json.dumps(asyncio.run(listen(plan))))


if __name__ == "__main__":
    main()
