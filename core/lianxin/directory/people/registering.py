"""One box at the desk: it finds the person or makes her, and warns when she may be there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person, PersonPhone
from lianxin.directory.people.cards import CLAIMED, SEEN_BY_DESK, PersonCard, card_of, cards_of, get_person
from lianxin.directory.people.numbers import number_key, read_name, read_number, seal_number
from lianxin.directory.people.phones import bind_phone, phone_key
from lianxin.i18n import N_
from lianxin.values.identity import IdNumber
from lianxin.values.masks import mask_name


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """What the desk typed, as typed. `card_seen`: the ID card lay on the counter (not: she said the number)."""

    name: str
    id_number: str = ""
    phone: str = ""
    home_area_id: UUID | None = None
    card_seen: bool = False


@dataclass(frozen=True, slots=True)
class DeskAnswer:
    """The person, or nobody and those who may be her: then the desk chooses (`use`) or insists (`create_anyway`)."""

    person: PersonCard | None
    created: bool
    doubles: tuple[PersonCard, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    number: IdNumber | None
    phone: str
    home_area_id: UUID | None
    seen: bool

    @property
    def key(self) -> str | None:
        return number_key(self.number) if self.number else None


async def find_or_create_person(
    entry: DeskEntry, *, use: UUID | None = None, create_anyway: bool = False, now: datetime
) -> DeskAnswer:
    """Finds by ID number, or by name with telephone; else makes the person, unless somebody may be her.

    `use` is one of the doubles of an earlier answer. Telephone and, with the card seen, ID number are added to whoever
    it is. Raises Refused (422) for what can't be read, (409) for a number that the desk has seen with another name.
    """
    read = _read(entry, now)
    async with unit_of_work():
        found = use or await _find(read)
        if found is not None:
            return DeskAnswer(await _complete(found, read, now), created=False)
        doubles = await _doubles(read)
        if doubles and not create_anyway:
            return DeskAnswer(None, False, doubles)
        person_id, created = await _create(read, now)
        return DeskAnswer(await _complete(person_id, read, now), created, doubles)


def _read(entry: DeskEntry, now: datetime) -> _Read:
    number = read_number(entry.id_number, now)
    if entry.card_seen and number is None:
        raise Refused("directory.card_number", N_("Type the number of the card."), status=422, field="id_number")
    if entry.phone.strip():
        phone_key(entry.phone)
    return _Read(read_name(entry.name), number, entry.phone.strip(), entry.home_area_id, entry.card_seen)


async def _find(read: _Read) -> UUID | None:
    if read.key is not None:
        holder = await _seen_holder(read.key)
        if holder is not None:
            _check_name(holder, read.name)
            return holder.id
    if not read.phone:
        return None
    bound = await PersonPhone.filter(
        phone__number_key=phone_key(read.phone),
        ended_at=None,
        person__name=read.name,
        person__merged_into_id=None,
        person__erased_at=None,
    ).select_related("person")
    same = [row.person for row in bound if _may_be(row.person, read.key)]
    return same[0].id if len(same) == 1 else None


async def _seen_holder(key: str) -> Person | None:
    return await Person.get_or_none(id_number_key=key, identity=SEEN_BY_DESK, merged_into_id=None)


def _check_name(holder: Person, name: str) -> None:
    if holder.name != name:
        raise Refused(
            "directory.number_of_another",
            N_("This ID number belongs to %(name)s here. Check number and name on the card."),
            field="id_number",
            name=mask_name(holder.name),
        )


def _may_be(person: Person, key: str | None) -> bool:
    """Not she, when her card showed another number."""
    return person.identity == CLAIMED or key is None or person.id_number_key == key


async def _doubles(read: _Read) -> tuple[PersonCard, ...]:
    alike = Q(name=read.name, home_area_id=read.home_area_id) if read.home_area_id else Q(id__in=[])
    if read.phone:
        alike |= Q(name=read.name, phones__phone__number_key=phone_key(read.phone), phones__ended_at=None)
    if read.key is not None:
        alike |= Q(id_number_key=read.key)
    rows = await Person.filter(alike, merged_into_id=None, erased_at=None).order_by("id").distinct().limit(20)
    ids = [row.id for row in rows if _may_be(row, read.key)]
    cards = await cards_of(ids, masked=False)
    return tuple(cards[person_id] for person_id in ids)


async def _create(read: _Read, now: datetime) -> tuple[UUID, bool]:
    row = Person(name=read.name, home_area_id=read.home_area_id, created_at=now)
    if read.number is not None:
        row.update_from_dict(seal_number(read.number, row.id))
        row.identity = SEEN_BY_DESK if read.seen else CLAIMED
    await Person.bulk_create([row], ignore_conflicts=True)
    if read.key is None or not read.seen:
        return row.id, True
    # Two desks may have the same card before them: the database keeps the first, the second finds it.
    holder = await _seen_holder(read.key)
    assert holder is not None
    _check_name(holder, read.name)
    return holder.id, holder.id == row.id


async def _complete(person_id: UUID, read: _Read, now: datetime) -> PersonCard:
    person = await get_person(person_id)
    if read.number is not None and read.seen:
        await confirm_identity(person.id, read.number.value, now=now)
    elif read.number is not None and not person.has_number:
        await Person.filter(id=person.id).update(**seal_number(read.number, person.id))
    if read.phone:
        await bind_phone(person.id, read.phone, bound_by="desk", now=now)
    if read.home_area_id and person.home_area_id is None:
        await Person.filter(id=person.id).update(home_area_id=read.home_area_id)
    return await card_of(person.id, masked=False)


async def confirm_identity(person_id: UUID, id_number: str, *, now: datetime) -> None:
    """The desk has seen the ID card of this person. Raises Refused (409) when another person's card had that number."""
    number = read_number(id_number, now)
    if number is None:
        raise Refused("directory.card_number", N_("Type the number of the card."), status=422, field="id_number")
    async with unit_of_work():
        person = await Person.get(id=person_id)
        if person.identity == SEEN_BY_DESK and person.id_number_key == number_key(number):
            return
        holder = await _seen_holder(number_key(number))
        if holder is not None and holder.id != person_id:
            raise _taken(holder.name)
        try:
            await Person.filter(id=person_id).update(identity=SEEN_BY_DESK, **seal_number(number, person_id))
        except IntegrityError as rival:
            raise _taken(person.name) from rival


def _taken(name: str) -> Refused:
    return Refused(
        "directory.number_seen",
        N_("The desk has seen this ID number before, with %(name)s. If it is the same person, merge the two."),
        field="id_number",
        name=mask_name(name),
    )


async def correct_name(person_id: UUID, name: str) -> None:
    """The desk writes the name as on the card."""
    async with unit_of_work():
        await Person.filter(id=person_id).update(name=read_name(name))
