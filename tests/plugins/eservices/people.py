"""Somebody of Puziling who has told the desk everything."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    Actor,
    DeskEntry,
    GrantHeld,
    PersonCard,
    areas_of,
    find_area,
    find_or_create_person,
    list_grants,
    search_people,
)
from lianxin.testing.site import TestSite


async def resident(county: TestSite, name: str = "周桂华") -> PersonCard:
    """Name, card and telephone are known, and where she lives."""
    area = await find_area("510821107001")
    assert area is not None
    entry = DeskEntry(name, "510899195803154328", "13800000001", area.id, card_seen=True)
    found = await find_or_create_person(entry, create_anyway=True, now=county.clock())
    assert found.person is not None
    return found.person


async def person_named(name: str, county: TestSite) -> PersonCard:
    """The one of that name."""
    found = await search_people(name, now=county.clock())
    return next(card for card in found if card.name == name)


def herself(person_id: UUID) -> Actor:
    """A resident on her own behalf."""
    return Actor(person_id=person_id)


async def staff(name: str, county: TestSite) -> Actor:
    """A colleague of the demo with all that she was granted."""
    card = await person_named(name, county)
    grants = await list_grants(county.clock(), person_id=card.id)
    places = await areas_of(grant.area_id for grant in grants if grant.area_id)
    held = tuple(
        GrantHeld(
            grant.role, grant.area_id, places[grant.area_id].path if grant.area_id else None, grant.organisation_id
        )
        for grant in grants
    )
    return Actor(person_id=card.id, name=card.name, staff=True, grants=held)
