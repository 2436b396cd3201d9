"""Stations and their counters."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianxin.api import AreaInfo, Visit, list_below, mask_name
from lianxin_counter.access import SERVE
from lianxin_counter.models import Counter

KINDS = ("community", "village")


@dataclass(frozen=True, slots=True)
class CounterShown:
    """A counter to choose. `who` sits there, masked; empty: it is free."""

    id: UUID
    number: int
    area: str
    who: str
    mine: bool


async def stations_of(visit: Visit) -> list[AreaInfo]:
    """The communities and villages where this colleague may serve."""
    paths = {grant.area_path for grant in visit.actor.grants_with(SERVE)}
    found: dict[UUID, AreaInfo] = {}
    for path in sorted(path or "/" for path in paths):
        found |= {area.id: area for area in await list_below(path, KINDS)}
    return list(found.values())


async def counters_of(areas: list[AreaInfo], person_id: UUID | None) -> list[CounterShown]:
    """All counters of these stations, by station and number."""
    names = {area.id: area.name for area in areas}
    rows = await Counter.filter(area_id__in=list(names)).select_related("clerk").order_by("area_id", "number")
    return [
        CounterShown(
            row.id,
            row.number,
            names[row.area_id],
            mask_name(row.clerk.name) if row.clerk is not None else "",
            row.clerk_id is not None and row.clerk_id == person_id,
        )
        for row in rows
    ]


async def seat_of(person_id: UUID | None) -> Counter | None:
    """Where somebody sits."""
    return await Counter.filter(clerk_id=person_id).select_related("area").first() if person_id else None


async def count_open(area_id: UUID) -> tuple[int, int]:
    """How many counters a station has, and at how many somebody sits."""
    rows = await Counter.filter(area_id=area_id).values_list("clerk_id", flat=True)
    return len(rows), sum(row is not None for row in rows)
