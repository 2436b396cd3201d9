"""A system is registered, paused, told again."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    enqueue,
    find_area,
    get_settings,
    get_vault,
    record,
    unit_of_work,
    uuid7,
)
from lianxin_exchange.actions.sending import TABLE, loopback_allowed
from lianxin_exchange.actions.telling import SEND
from lianxin_exchange.models import Delivery, Hook
from lianxin_exchange.queries.hooks import known_events
from lianxin_exchange.rules.addresses import parse_target
from lianxin_exchange.rules.signing import SECRET_BYTES, show_secret
from lianxin_exchange.settings import ExchangeSettings


@dataclass(frozen=True, slots=True)
class HookMade:
    """The new system, and the secret that is told once."""

    id: UUID
    secret: str


async def add_hook(name: str, url: str, events: Collection[str], area: str, *, by: Actor, now: datetime) -> HookMade:
    """From now on it is told. Raises Refused (422) for an address, an event or a place that can't be."""
    settings = await get_settings(ExchangeSettings)
    inside = frozenset(each.strip().lower() for each in settings.inside.split(",") if each.strip())
    if parse_target(url, inside=inside, loopback=loopback_allowed()) is None:
        text = N_("The address must begin with https:// and name a server, without a password or a port in it.")
        raise Refused("exchange.bad_address", text, status=422, field="url")
    if not events or set(events) - set(known_events()):
        raise Refused("exchange.no_event", N_("Choose at least one moment."), status=422, field="events")
    place = await find_area(area) if area else None
    if area and place is None:
        raise Refused("exchange.no_area", N_("Choose a place from the list."), status=422, field="area")
    row_id, secret = uuid7(), show_secret(secrets.token_bytes(SECRET_BYTES))
    row = Hook(
        id=row_id,
        name=name,
        url=url,
        secret=get_vault().seal(secret, table=TABLE, column="secret", row_id=row_id),
        events=sorted(events),
        area_id=place.id if place else None,
        made_by_id=by.person_id,
        created_at=now,
    )
    async with unit_of_work():
        await row.save(force_create=True)
        detail = {"url": url, "events": row.events}
        await record("exchange.add_hook", by=by, object_kind="hook", object_id=row_id, detail=detail, now=now)
    return HookMade(row_id, secret)


async def pause_hook(hook_id: UUID, *, by: Actor, now: datetime) -> bool:
    """It is told nothing more until somebody says so. False: it was paused already."""
    async with unit_of_work():
        if await Hook.filter(id=hook_id, paused_at=None).update(paused_at=now, paused_by="person") == 0:
            return False
        await record("exchange.pause_hook", by=by, object_kind="hook", object_id=hook_id, now=now)
    return True


async def resume_hook(hook_id: UUID, *, by: Actor, now: datetime) -> bool:
    """It is told again, first of all what still waited. False: it was not paused."""
    async with unit_of_work():
        resumed = await Hook.filter(id=hook_id, paused_at__isnull=False).update(
            paused_at=None, paused_by="", failing_since=None
        )
        if resumed == 0:
            return False
        for waiting in (
            await Delivery.filter(hook_id=hook_id, state="waiting").order_by("id").values_list("id", flat=True)
        ):
            await enqueue(SEND, {"delivery": str(waiting)}, due_at=now)
        await record("exchange.resume_hook", by=by, object_kind="hook", object_id=hook_id, now=now)
    return True


async def repeat(delivery_id: UUID, hook_id: UUID, *, by: Actor, now: datetime) -> bool:
    """The same delivery once more, with all its tries; also one that got through. False: it waits already."""
    async with unit_of_work():
        changes = {"state": "waiting", "attempts": 0, "sent_at": None, "fault": ""}
        rows = Delivery.filter(id=delivery_id, hook_id=hook_id, state__in=("sent", "given_up"))
        if await rows.update(**changes) == 0:
            return False
        await enqueue(SEND, {"delivery": str(delivery_id)}, due_at=now)
        detail = {"hook": hook_id}
        await record("exchange.repeat", by=by, object_kind="delivery", object_id=delivery_id, detail=detail, now=now)
    return True
