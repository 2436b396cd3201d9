"""Server-sent events: one stream a browser, small, closed when nobody reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing, suppress
from typing import Any

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from lianxin.bus import RELOAD, EventSeen, Tail
from lianxin.web.answers import Topics
from lianxin.web.traces import trace_without
from lianxin.web.visit import Visit

_log = structlog.get_logger("lianxin.web")
PING_SECONDS = 20.0
SEND_SECONDS = 20.0
LONGEST_SECONDS = 3600.0


def live_response(visit: Visit, topics: Topics) -> Response:
    """The stream of this visitor. Without a tail (a worker, a test) it is empty and the page refreshes by itself."""
    since = visit.request.headers.get("last-event-id", "") or visit.query("since")
    return LiveResponse(visit, topics, int(since) if since.isdecimal() and len(since) < 19 else None)


class LiveResponse(Response):
    """Sends events until the browser leaves, the process stops or an hour has passed (then it comes again).

    It never runs a transaction while it streams: a stream that is cancelled in one is how whole sites have hung.
    """

    media_type = "text/event-stream"

    def __init__(self, visit: Visit, topics: Topics, since: int | None) -> None:
        super().__init__(headers={"cache-control": "no-store", "x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._visit = visit
        self._topics = topics
        self._since = since

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the stream until the browser leaves, the site stops, or it makes room for another of this visitor."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        with self._visit.site.streams.one_more(self._visit) as pushed_out:
            ended = await self._until_the_first(
                self._stream(send), _gone(receive), self._visit.site.stopping.wait(), pushed_out.wait()
            )
        if isinstance(ended, Exception) and not isinstance(ended, TimeoutError | OSError):
            _log.error("stream_failed", request_id=self._visit.request_id, trace=trace_without(ended, ()))
        with suppress(Exception):  # the browser may be gone; one that is not comes again, but not to push out others
            await self._send(send, b"retry: 60000\n\n" if pushed_out.is_set() else b"", more=False)

    async def _until_the_first(self, *ends: Coroutine[Any, Any, Any]) -> Any:
        """Runs them side by side until one has ended. Answers how the first of them, the stream, did."""
        tasks = [asyncio.ensure_future(each) for each in ends]
        try:
            await asyncio.wait(tasks, return_when="FIRST_COMPLETED", timeout=LONGEST_SECONDS)
        finally:
            for task in tasks:
                task.cancel()
            ended, *_ = await asyncio.gather(*tasks, return_exceptions=True)
        return ended

    async def _stream(self, send: Send) -> None:
        await self._send(send, b"retry: 3000\n\n")
        tail: Tail | None = self._visit.site.tail
        if tail is None:
            return
        async with tail.subscribe(self._topics.topics, self._since) as events:
            async with aclosing(_with_pings(events)) as coming:
                async for event in coming:
                    if event is None:
                        await self._send(send, b": ping\n\n")
                    elif event.topic == RELOAD or self._topics.may_hear is None or await self._topics.may_hear(event):
                        await self._send(send, _message(event))

    async def _send(self, send: Send, body: bytes, *, more: bool = True) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": body, "more_body": more})


async def _with_pings(events: AsyncIterator[EventSeen]) -> AsyncGenerator[EventSeen | None, None]:
    """The events, and None whenever there was none for a while."""
    coming: asyncio.Future[EventSeen] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait({coming}, timeout=PING_SECONDS)
            if not done:
                yield None
                continue
            try:
                event = coming.result()
            except StopAsyncIteration:
                return
            coming = None
            yield event
    finally:
        if coming is not None:
            coming.cancel()


def _message(event: EventSeen) -> bytes:
    data = json.dumps({"topic": event.topic, **event.ids}, separators=(",", ":"))
    return f"id: {event.id}\ndata: {data}\n\n".encode()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
