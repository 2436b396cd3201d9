"""Who a machine is: the Protocol by which a plugin opens the tokens that it made."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, runtime_checkable

from lianxin import services
from lianxin.access.actor import Actor
from lianxin.access.sessions import SessionHeld

TOKEN = "token"  # noqa: S105 - the name of a method
"""The method of a session that a token opens. It lasts for one request, and no page takes it."""


@runtime_checkable
class Bearers(Protocol):
    """Fulfilled by a service. The actor carries `token_id`, and grants that say which permissions were handed on."""

    async def open(
        self, token: str, now: datetime, *, address: str, request_id: str
    ) -> tuple[SessionHeld, Actor] | None:
        """Who is behind this token now; None when it is not, or no longer, good."""


async def open_bearer(token: str, now: datetime, *, address: str, request_id: str) -> tuple[SessionHeld, Actor] | None:
    """Who a machine is that shows this token. Nobody where no plugin makes tokens."""
    bearers = services.find(Bearers)  # type: ignore[type-abstract]
    return await bearers.open(token, now, address=address, request_id=request_id) if bearers is not None else None
