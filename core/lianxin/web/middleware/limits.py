"""How often: by session, else by address; changes and heavy pages less often than reading."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from lianxin.declarations import Refused
from lianxin.i18n import N_
from lianxin.web.middleware.origin import SAFE
from lianxin.web.visit import Visit

READS = RateLimitItemPerMinute(600)
CHANGES = RateLimitItemPerMinute(60)
# A township behind one address of its carrier: many people, so by address only far beyond one person.
READS_BY_ADDRESS = RateLimitItemPerMinute(6000)
CHANGES_BY_ADDRESS = RateLimitItemPerMinute(600)


class Limits:
    """Counts in this process: enough to keep one visitor from crowding out the others.

    What must hold over all processes (sign-in tries, codes) is counted in the database by the room of access.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Refused with 429."""
        visit: Visit | None = scope.get("visit") if scope["type"] == "http" else None
        if visit is not None and scope["path"] not in ("/healthz", "/readyz"):
            reading = scope["method"] in SAFE
            if visit.session is not None:
                limit, key = (READS if reading else CHANGES), visit.browser_key
            else:
                limit, key = (READS_BY_ADDRESS if reading else CHANGES_BY_ADDRESS), visit.address
            if not await self._limiter.hit(limit, key):
                raise Refused("web.too_often", N_("That was very often. Wait a minute, then go on."), status=429)
        await self._app(scope, receive, send)
