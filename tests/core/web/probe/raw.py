"""A request without a browser's manners: any header, any body, and leaving before the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Scope

HOST = "127.0.0.1:8000"
OURS = (("host", HOST), ("sec-fetch-site", "same-origin"), ("content-length", "0"))


@dataclass
class RawAnswer:
    """What came back before the browser left."""

    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


def scope_of(method: str, path: str, headers: Iterable[tuple[str, str]], *, query: str, peer: str) -> Scope:
    """What a server makes of the first lines of a request."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogateescape"),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": (peer, 4711),
        "server": ("127.0.0.1", 8000),
    }


async def ask(
    app: ASGIApp,
    method: str,
    path: str,
    headers: Iterable[tuple[str, str]] = OURS,
    body: bytes = b"",
    *,
    query: str = "",
    peer: str = "10.1.2.3",
    stays: bool = True,
    until: bytes = b"",
) -> RawAnswer:
    """One request; a browser that does not stay leaves at the first piece of the body, or when it has read `until`."""
    answer = RawAnswer()
    begun, asked = asyncio.Event(), False

    async def receive() -> Message:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}
        await begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = Headers(raw=list(message["headers"]))
            return
        answer.body += message.get("body", b"")
        if not stays or not message.get("more_body", False) or (until and until in answer.body):
            begun.set()

    scope = scope_of(method, path, headers, query=query, peer=peer)
    await app(scope, receive, send)
    return answer
