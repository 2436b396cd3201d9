"""A public page that was drawn a moment ago is answered again to whoever is not signed in."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxin.data.recent import Recent, begin_reading

LONGEST = 600
_OWN_COOKIES = (b"-session=", b"-notices=")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it left, the nonce that stands in it, and what its address held (for the log)."""

    start: Message
    body: bytes
    nonce: bytes
    places: dict[str, Any]


class Sharing:
    """Only pages that say `shared` of themselves, and only until this process changes anything or a second has passed.

    Each answer gets a nonce of its own. Shared answers cost next to nothing, so they are not counted by the limits.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._recent: Recent[Drawn] = Recent()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whatever is not a plain GET of somebody unknown goes by."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
        elif drawn := self._recent.find(key):
            scope["path_params"] = drawn.places
            await send({**drawn.start, "headers": list(drawn.start["headers"])})
            body = drawn.body.replace(drawn.nonce, scope["nonce"].encode())
            await send({"type": "http.response.body", "body": body})
        else:
            await self._draw(key, scope, receive, send)

    async def _draw(self, key: Hashable, scope: Scope, receive: Receive, send: Send) -> None:
        moment = begin_reading()
        start: Message = {}
        body: list[bytes] = []

        async def watched(message: Message) -> None:
            if scope.get("shared"):
                if message["type"] == "http.response.start":
                    start.update(message, headers=list(message["headers"]))
                else:
                    body.append(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, watched)
        if start and not any(name == b"set-cookie" for name, _ in start["headers"]):
            places = scope.get("path_params", {})
            self._recent.keep(key, Drawn(start, b"".join(body), scope["nonce"].encode(), places), moment)


def _key(scope: Scope) -> Hashable | None:
    """What such a page may depend on: its address, and how the browser wants it. None: it is somebody's own."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    cookie = language = b""
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookie += b";" + value
        elif name == b"accept-language":
            language = value
        elif name.startswith(b"hx-"):
            return None
    key = (scope["path"], scope["query_string"], language, cookie)
    own = any(each in cookie for each in _OWN_COOKIES)
    return None if own or sum(map(len, key)) > LONGEST else key
