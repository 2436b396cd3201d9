"""The body of a request as it comes in: not too large, and not more slowly than anybody's phone sends."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers
from starlette.types import Message, Receive

UPLOAD_BYTES = 120 * 1024 * 1024
FIRST_BYTES_SECONDS = 30.0
BYTES_A_SECOND = 1024


class TooSlow(Exception):
    """The body trickles in more slowly than anybody's phone does."""


class TooLarge(Exception):
    """The body is larger than anything that is taken."""


class Body:
    """Hands on a request's body, and ends one that is too large or comes too slowly."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self._receive = receive
        self._started = time.monotonic()
        self._bytes = 0
        self.whole = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers

    async def receive(self) -> Message:
        """The next message. Raises TooSlow or TooLarge."""
        if self.whole:
            return await self._receive()
        allowed = self._started + FIRST_BYTES_SECONDS + self._bytes / BYTES_A_SECOND - time.monotonic()
        try:
            async with asyncio.timeout(max(allowed, 0.001)):
                message = await self._receive()
        except TimeoutError as late:
            raise TooSlow from late
        self._bytes += len(message.get("body", b""))
        if self._bytes > UPLOAD_BYTES:
            raise TooLarge
        self.whole = not message.get("more_body", False)
        return message

    def let_go(self) -> None:
        """After the answer. Without it a cycle of references (a fault and its frames) may hold the server's stream,
        and the embedded server keeps a connection open for as long as anybody holds its stream."""
        self._receive = _gone


async def _gone() -> Message:
    return {"type": "http.disconnect"}
