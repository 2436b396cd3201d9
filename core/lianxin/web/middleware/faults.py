"""Turns whatever the page and the layers within raise into an answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxin.web.errors import answer_fault
from lianxin.web.middleware.body import TooLarge, TooSlow


class Faults:
    """The only place that answers an exception. An answer that has begun can't be taken back: then it is raised on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """TooSlow and TooLarge are for the outermost layer, which knows them."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except (TooSlow, TooLarge):
            raise
        except Exception as fault:
            if begun or scope["type"] != "http":
                raise
            response = await answer_fault(Request(scope, receive), fault)
            await response(scope, receive, send)
