"""What residents say of themselves. It proves nothing, and tells them nothing about others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person
from lianxin.directory.people.cards import CLAIMED, SEEN_BY_DESK, no_person
from lianxin.directory.people.numbers import number_key, read_name, read_number, seal_number
from lianxin.i18n import N_
from lianxin.values.identity import IdNumber


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who was claimed. `same_person_suspected` is another row with that ID number: the desk asks "same person?".

    It is for the desk alone: nothing shown to the claimant may depend on it.
    """

    person_id: UUID
    same_person_suspected: UUID | None = None


async def claim_person(
    *,
    name: str = "",
    id_number: str = "",
    home_area_id: UUID | None = None,
    language: str = "zh_Hans",
    now: datetime,
) -> Claimed:
    """A new person by her own word; name and number may follow later (`claim_identity`).

    A number that is there already makes a person of her own all the same. Raises Refused (422) for what can't be read.
    """
    number = read_number(id_number, now)
    row = Person(
        name=read_name(name) if name.strip() else "",
        home_area_id=home_area_id,
        language=language,
        identity=CLAIMED,
        created_at=now,
    )
    if number is not None:
        row.update_from_dict(seal_number(number, row.id))
    async with unit_of_work():
        await row.save(force_create=True)
        return Claimed(row.id, await _other_with(number, row.id))


async def claim_identity(person_id: UUID, *, name: str = "", id_number: str = "", now: datetime) -> Claimed:
    """A person says (or corrects) her name and number; an empty one stays as it is.

    Raises Refused (409) once the desk has seen her card: then the desk corrects it.
    """
    number = read_number(id_number, now)
    async with unit_of_work():
        row = await Person.filter(id=person_id).select_for_update().first()
        if row is None:
            raise no_person()
        changes = _changes(row, read_name(name) if name.strip() else row.name, number)
        if changes and row.identity == SEEN_BY_DESK:
            raise Refused(
                "directory.seen_already",
                N_("Your name and ID number were checked at the desk. Ask the desk to correct them."),
            )
        if changes:
            await Person.filter(id=person_id).update(**changes)
        return Claimed(person_id, await _other_with(number, person_id))


def _changes(row: Person, name: str, number: IdNumber | None) -> dict[str, object]:
    changes: dict[str, object] = {} if name == row.name else {"name": name}
    if number is not None and number_key(number) != row.id_number_key:
        changes |= seal_number(number, row.id)
    return changes


async def _other_with(number: IdNumber | None, person_id: UUID) -> UUID | None:
    """One that the desk has seen before one that is claimed too, then the oldest."""
    if number is None:
        return None
    others = Person.filter(id_number_key=number_key(number), merged_into_id=None, erased_at=None).exclude(id=person_id)
    other = await others.order_by("-identity", "id").first()
    return None if other is None else other.id
