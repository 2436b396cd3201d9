"""How often: by session, else by address; changes and heavy pages less often than reading."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from lianxin.declarations import Refused
from lianxin.i18n import N_
from lianxin.web.middleware.origin import SAFE
from lianxin.web.visit import Visit

READS = RateLimitItemPerMinute(600)
CHANGES = RateLimitItemPerMinute(60)
HEAVY = RateLimitItemPerMinute(30)
# A township behind one address of its carrier: many people, so by address only far beyond one person.
READS_BY_ADDRESS = RateLimitItemPerMinute(6000)
CHANGES_BY_ADDRESS = RateLimitItemPerMinute(600)
HEAVY_BY_ADDRESS = RateLimitItemPerMinute(300)


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
        if visit is not None:
            scope["limits"] = self
            if scope["method"] in SAFE:
                await self._count(visit, READS, READS_BY_ADDRESS, "reads")
            else:
                await self._count(visit, CHANGES, CHANGES_BY_ADDRESS, "changes")
        await self._app(scope, receive, send)

    async def count_heavy(self, visit: Visit) -> None:
        """For routes that declare themselves heavy. Raises Refused with 429."""
        await self._count(visit, HEAVY, HEAVY_BY_ADDRESS, "heavy")

    async def _count(self, visit: Visit, own: RateLimitItem, shared: RateLimitItem, what: str) -> None:
        limit, key = (own, visit.browser_key) if visit.session is not None else (shared, visit.address)
        if not await self._limiter.hit(limit, what, key):
            raise Refused("web.too_often", N_("That was very often. Wait a minute, then go on."), status=429)
