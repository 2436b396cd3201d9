"""Who plays in the demo: residents and colleagues whom the kernel's demo data made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.api import (
    Actor,
    GrantHeld,
    PersonCard,
    PersonRow,
    cards_of,
    find_area,
    find_organisation,
    get_vault,
    list_grants,
    search_people,
)

PUZILING: Final = "510821107001"
_SURNAMES: Final = tuple("何赵周李王张刘陈杨罗向吴侯伏苟蒲昝米冯邓唐谭熊彭白袁石严魏谢孙蒋曾廖贾龙黎母梁鲜")
_STAFF: Final = ("station_staff", "department_officer", "township_officer", "supervisor", "grid_worker")


@dataclass(frozen=True, slots=True)
class Cast:
    """Residents at home in Puziling, residents elsewhere, and who handles what."""

    here: tuple[PersonCard, ...]
    elsewhere: tuple[PersonCard, ...]
    station: tuple[Actor, ...]
    officers: dict[UUID, Actor]
    township: Actor
    leader: Actor


async def find_cast(now: datetime) -> Cast:
    """The same people in every demo."""
    place = await find_area(PUZILING)
    staff = {grant.person_id for role in _STAFF for grant in await list_grants(now, role=role)}
    found: dict[UUID, PersonCard] = {}
    for surname in _SURNAMES:
        for card in await search_people(surname, now=now):
            if card.id not in staff and card.name and card.id_number and card.home_area_id:
                found[card.id] = card
    people = sorted(found.values(), key=lambda card: str(card.id))
    here = place.id if place else None
    return Cast(
        here=tuple(card for card in people if card.home_area_id == here),
        elsewhere=tuple(card for card in people if card.home_area_id != here),
        station=tuple((await _colleagues("station_staff", now)).values()),
        officers=await _officers(now),
        township=next(iter((await _colleagues("township_officer", now)).values())),
        leader=next(iter((await _colleagues("supervisor", now)).values())),
    )


async def _colleagues(role: str, now: datetime) -> dict[UUID, Actor]:
    """By person. They handle what lies anywhere: the demo has staff in one community only, and cases in all."""
    grants = await list_grants(now, role=role)
    cards = await cards_of({grant.person_id for grant in grants}, masked=False)
    held = (GrantHeld(role),)
    return {
        key: Actor(person_id=key, name=card.name, staff=True, grants=held)
        for key, card in sorted(cards.items(), key=lambda pair: str(pair[0]))
    }


async def _officers(now: datetime) -> dict[UUID, Actor]:
    """By organisation."""
    people = await _colleagues("department_officer", now)
    grants = await list_grants(now, role="department_officer")
    return {grant.organisation_id: people[grant.person_id] for grant in grants if grant.organisation_id}


async def officer_of(cast: Cast, department: str) -> Actor:
    """Who decides for a department; the township's officer where it has nobody."""
    organisation = await find_organisation(department)
    return cast.officers.get(organisation.id, cast.township) if organisation else cast.township


async def years_of_birth(person_ids: Sequence[UUID]) -> dict[UUID, int]:
    """From the numbers of the cards: nobody retires at thirty."""
    rows = await PersonRow.filter(id__in=list(person_ids), id_number__isnull=False)
    return {
        row.id: int(
            get_vault().masked(
                row.id_number, table="person", column="id_number", row_id=row.id, mask=lambda number: number[6:10]
            )
        )
        for row in rows
        if row.id_number is not None
    }
