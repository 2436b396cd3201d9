"""Changes come from our own pages only: Sec-Fetch-Site first, Origin where a browser sends none."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from lianxin.config import Config
from lianxin.declarations import Refused
from lianxin.i18n import N_

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_us(headers: Headers, own: frozenset[str]) -> bool:
    """Whether an unsafe request may count. Browsers send one of the two headers; who sends neither is refused.

    `own` are origins, such as "https://lianxin.example".
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("origin", "").lower() in own


class Origin:
    """Refuses unsafe requests that another site made a browser send. No browser sends a bearer's token by itself."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        scheme = "https" if config.secure else "http"
        self._own = frozenset(f"{scheme}://{host}" for host in config.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Refused, which the room of errors turns into a page."""
        unsafe = scope["type"] == "http" and scope["method"] not in SAFE and not scope.get("bearer")
        if unsafe and not comes_from_us(Headers(scope=scope), self._own):
            text = N_("This was not sent from a page of ours. Open the page and try there.")
            raise Refused("web.other_site", text, status=403)
        await self._app(scope, receive, send)
