"""A delivery is tried, and what came of it is written down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import N_, MessageKind, get_settings, get_vault, tell, unit_of_work
from lianxin_exchange.models import Delivery, Hook
from lianxin_exchange.rules.addresses import parse_target
from lianxin_exchange.rules.signing import signed_headers
from lianxin_exchange.sending import NotSent, Resolver, resolve, send
from lianxin_exchange.settings import ExchangeSettings

MOST_TRIES: Final = 80
"""With the job's pauses, from 5 seconds doubled up to an hour: about three days."""
TABLE: Final = "exchange_hook"

GIVEN_UP: Final = MessageKind(
    "exchange.given_up",
    N_("A system is told no more"),
    N_("Nothing got through to “%(name)s” for %(days)s days. Look at its log, then go on telling it."),
    channels=(),
)
_loopback = False


def allow_loopback(allowed: bool) -> None:
    """In a demonstration a receiver on this machine may be told, without TLS."""
    global _loopback
    _loopback = allowed


def loopback_allowed() -> bool:
    """Whether that is so in this process."""
    return _loopback


class Unheard(Exception):
    """By which the job is tried again later."""


async def deliver(delivery_id: UUID, *, now: datetime, resolver: Resolver = resolve) -> None:
    """One try. Raises Unheard as long as there are tries left; a system that is paused is left alone.

    At least once, never exactly once: the receiver tells doubles by `webhook-id`.
    """
    row = await Delivery.filter(id=delivery_id, state="waiting").select_related("hook").first()
    if row is None or row.hook.paused_at is not None:
        return
    status, fault = await _try(row, now, resolver)
    if status is not None and 200 <= status < 300:
        await _sent(row, status, now)
        return
    await _failed(row, status, fault or "refused", now)
    if row.attempts + 1 < MOST_TRIES:
        raise Unheard(fault or f"status {status}")


async def _try(row: Delivery, now: datetime, resolver: Resolver) -> tuple[int | None, str]:
    settings = await get_settings(ExchangeSettings)
    inside = frozenset(name.strip().lower() for name in settings.inside.split(",") if name.strip())
    target = parse_target(row.hook.url, inside=inside, loopback=_loopback)
    if target is None:
        return None, "nothing is sent to this address"
    body = row.body.encode()
    secret = get_vault().open_for_delivery(row.hook.secret, table=TABLE, column="secret", row_id=row.hook.id)
    headers = {"content-type": "application/json", "user-agent": "Lianxin", "connection": "close"}
    try:
        return await send(target, headers | signed_headers(secret, str(row.id), body, now), body, resolver=resolver), ""
    except NotSent as fault:
        return None, str(fault)


async def _sent(row: Delivery, status: int, now: datetime) -> None:
    async with unit_of_work():
        changes = {"state": "sent", "sent_at": now, "tried_at": now, "status": status, "fault": ""}
        await Delivery.filter(id=row.id, state="waiting").update(attempts=row.attempts + 1, **changes)
        await Hook.filter(id=row.hook_id).update(failing_since=None)


async def _failed(row: Delivery, status: int | None, fault: str, now: datetime) -> None:
    days = (await get_settings(ExchangeSettings)).days_failing
    over = row.attempts + 1 >= MOST_TRIES
    async with unit_of_work():
        changes = {"tried_at": now, "status": status, "fault": fault[:200], "state": "given_up" if over else "waiting"}
        await Delivery.filter(id=row.id, state="waiting").update(attempts=row.attempts + 1, **changes)
        await Hook.filter(id=row.hook_id, failing_since=None).update(failing_since=now)
        since = row.hook.failing_since
        if since is not None and now - since >= timedelta(days=days):
            await _give_up(row.hook, days, now)


async def _give_up(hook: Hook, days: int, now: datetime) -> None:
    """Only the first one to notice tells whoever registered it."""
    if await Hook.filter(id=hook.id, paused_at=None).update(paused_at=now, paused_by="failures") == 0:
        return
    parameters = {"name": hook.name, "days": str(days)}
    await tell(hook.made_by_id, GIVEN_UP, parameters=parameters, path=f"/exchange/hooks/{hook.id}", now=now)
