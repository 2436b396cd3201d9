"""Did every case arrive?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Page, Refused, find_services, show_code
from lianxin_exchange.api import DecidingSystem
from lianxin_exchange.models import Handing
from lianxin_exchange.queries.newest import newest_first

STATES: Mapping[str, object] = {
    "missing": N_("Missing"),
    "waiting": N_("Sent, no word yet"),
    "acknowledged": N_("Arrived"),
    "answered": N_("Answered"),
}


@dataclass(frozen=True, slots=True)
class HandingShown:
    """One case for one system."""

    id: UUID
    code: str
    system: str
    state: str
    number: str
    fault: str
    attempts: int
    created_at: datetime
    answered_at: datetime | None


def systems() -> dict[str, DecidingSystem]:
    """All deciding systems that are offered, by name."""
    found = find_services(DecidingSystem)  # type: ignore[type-abstract]
    return {each.name: each for each in found}


async def count_by_state() -> dict[str, int]:
    """How many stand in each."""
    return {state: await Handing.filter(state=state).count() for state in STATES}


async def get_handing(text: str) -> UUID:
    """The id of one that is there. Raises Refused (404)."""
    try:
        handing_id = UUID(text)
    except ValueError:
        handing_id = None
    if handing_id is None or not await Handing.filter(id=handing_id).exists():
        raise Refused("exchange.no_handing", N_("There is no such case."), status=404)
    return handing_id


async def list_handings(state: str, *, after: str = "") -> Page[HandingShown]:
    """Of one state, the newest first."""
    rows, next_key = await newest_first(Handing.filter(state=state), after)
    known = systems()
    shown = [
        HandingShown(
            id=row.id,
            code=show_code(row.matter.code),
            system=str(known[row.system].title) if row.system in known else row.system,
            state=row.state,
            number=row.number,
            fault=row.fault,
            attempts=row.attempts,
            created_at=row.created_at,
            answered_at=row.answered_at,
        )
        for row in rows
    ]
    return Page(shown, next_key)
