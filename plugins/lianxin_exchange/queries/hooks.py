"""Systems that are told, and the log of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Page, Refused, all_flows, show_code
from lianxin_exchange.models import Delivery, Hook
from lianxin_exchange.queries.newest import newest_first


@dataclass(frozen=True, slots=True)
class HookShown:
    """One system. `place` empty: the whole county."""

    id: UUID
    name: str
    url: str
    events: tuple[str, ...]
    place: str
    failing_since: datetime | None
    paused_at: datetime | None
    paused_by: str


@dataclass(frozen=True, slots=True)
class DeliveryShown:
    """One line of the log."""

    id: UUID
    code: str
    event: str
    state: str
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    status: int | None
    fault: str


def known_events() -> dict[str, str]:
    """What may be told: each state of each kind of matter, with its words."""
    flows = all_flows()
    return {f"{flow.name}:{state.name}": f"{flow.title} · {state.title}" for flow in flows for state in flow.states}


async def list_hooks() -> tuple[HookShown, ...]:
    """All, by name."""
    return tuple(_shown(row) for row in await Hook.all().order_by("name", "id").select_related("area"))


async def get_hook(text: str) -> HookShown:
    """Raises Refused (404)."""
    try:
        row = await Hook.filter(id=UUID(text)).select_related("area").first()
    except ValueError:
        row = None
    if row is None:
        raise Refused("exchange.no_hook", N_("There is no such system."), status=404)
    return _shown(row)


def _shown(row: Hook) -> HookShown:
    known = known_events()
    return HookShown(
        id=row.id,
        name=row.name,
        url=row.url,
        events=tuple(known.get(event, event) for event in row.events),
        place=row.area.name_zh if row.area else "",
        failing_since=row.failing_since,
        paused_at=row.paused_at,
        paused_by=row.paused_by,
    )


async def log_of(hook_id: UUID, *, after: str = "") -> Page[DeliveryShown]:
    """The newest first."""
    rows, next_key = await newest_first(Delivery.filter(hook_id=hook_id), after)
    known = known_events()
    shown = [
        DeliveryShown(
            id=row.id,
            code=show_code(row.matter.code),
            event=known.get(row.event, row.event),
            state=row.state,
            attempts=row.attempts,
            created_at=row.created_at,
            tried_at=row.tried_at,
            status=row.status,
            fault=row.fault,
        )
        for row in rows
    ]
    return Page(shown, next_key)
