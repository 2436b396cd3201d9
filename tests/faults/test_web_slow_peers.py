"""Peers that send one byte at a time, against the real servers in processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
ROOT = Path(__file__).parents[2]
Record = Callable[[str, object], None]
# Ten seconds for headers, thirty for a body that brings less than a kilobyte a second; the rest is a busy machine.
HEADERS_CLOSED = 15 * 4
BODIES_CLOSED = 60 * 2


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """A running server."""

    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self.port = port

    async def get(self, path: str) -> bytes:
        """A normal request, its whole answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return answer

    async def trickle(self, beginning: str, drop: bytes) -> bytes:
        """Sends a beginning and then a byte now and then until the server closes: what it said."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(beginning.replace("PORT", str(self.port)).encode())
        said = asyncio.ensure_future(reader.read())
        with contextlib.suppress(OSError):
            while not said.done():
                writer.write(drop)
                await writer.drain()
                await asyncio.wait({said}, timeout=0.7)
        writer.close()
        with contextlib.suppress(OSError):
            return await said
        return b""


@contextlib.asynccontextmanager
async def serving(config: Config, server: str) -> AsyncIterator[Server]:
    """The site in another process, ready."""
    make_keys(config.keys_file)
    port = free_port()
    words = (sys.executable, "-m", "tests.faults.web_server", str(config.folder), config.database, str(port), server)
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    running = Server(process, port)
    try:
        async with asyncio.timeout(60):
            while True:
                assert process.returncode is None, "the server did not start"
                with contextlib.suppress(OSError):
                    if b'"status":"ok"' in await running.get("/readyz"):
                        break
                await asyncio.sleep(0.1)
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
            async with asyncio.timeout(30):
                await process.wait()


HEAD = "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Slow: "
BODY = (
    "POST /community HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nSec-Fetch-Site: same-origin\r\n"
    "Content-Type: {kind}\r\nContent-Length: 100000\r\n\r\n{begin}"
)
FORM = BODY.format(kind="application/x-www-form-urlencoded", begin="area=")
PARTS = BODY.format(
    kind="multipart/form-data; boundary=cut",
    begin='--cut\r\nContent-Disposition: form-data; name="area"\r\n\r\n',
)
NOWHERE = FORM.replace("/community", "/nowhere")


@pytest.mark.parametrize("server", ["granian", "uvicorn"])
async def test_peers_that_trickle_are_closed_and_nobody_waits(
    site_config: Config, anyio_backend: str, server: str, record_property: Record
) -> None:
    """C1, C2: slow headers (granian) and slow bodies (both): all closed, a normal request answered meanwhile."""
    heads = size(60, 300) if server == "granian" else 0
    bodies = size(30, 100)
    record_property("slow headers", heads)
    record_property("slow bodies", bodies)
    async with serving(site_config, server) as site:
        started = time.monotonic()
        slow = [asyncio.ensure_future(site.trickle(HEAD, b"x")) for _ in range(heads)]
        kinds = (FORM, PARTS, NOWHERE)
        late = [asyncio.ensure_future(site.trickle(kinds[number % 3], b"x")) for number in range(bodies)]
        await asyncio.sleep(1)
        async with asyncio.timeout(60):
            normal = [await site.get("/") for _ in range(20)]
        assert all(answer.startswith(b"HTTP/1.1 200") for answer in normal)
        assert slow == [] or not all(each.done() for each in slow), "they were still there meanwhile"
        async with asyncio.timeout(HEADERS_CLOSED):
            await asyncio.gather(*slow)
        record_property("headers closed after s", round(time.monotonic() - started))
        async with asyncio.timeout(BODIES_CLOSED):
            said = await asyncio.gather(*late)
        record_property("bodies closed after s", round(time.monotonic() - started))
        for number, answer in enumerate(said):
            if number % 3 != 2:
                assert answer.startswith(b"HTTP/1.1 408"), answer[:100]
                assert b"x-request-id" in answer.lower()
        assert (await site.get("/healthz")).startswith(b"HTTP/1.1 200")


async def test_browsers_that_leave_a_real_server(site_config: Config, anyio_backend: str) -> None:
    """A2: connections cut in the middle of pages and changes: health and a change answer afterwards."""
    async with serving(site_config, "granian") as site:
        times = size(120, 1200)

        async def leave(number: int) -> None:
            _, writer = await asyncio.open_connection("127.0.0.1", site.port)
            path = ("/", "/community", "/nowhere", "/readyz")[number % 4]
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
            await writer.drain()
            await asyncio.sleep(0.001 * (number % 5))
            writer.transport.abort()

        async with asyncio.timeout(240):
            for first in range(0, times, 20):
                await asyncio.gather(*(leave(number) for number in range(first, first + 20)))
            assert b'"status":"ok"' in await site.get("/readyz")
            assert (await site.get("/")).startswith(b"HTTP/1.1 200")
