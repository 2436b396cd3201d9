"""Telephones are contacts of persons, many to many: a family shares one, a person has two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from lianxin.data.sealed import Sealed
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.directory.models import PersonPhone, Phone
from lianxin.directory.people.cards import PersonCard, cards_of, latest_phones, masked_phone
from lianxin.i18n import N_
from lianxin.values.phones import InvalidPhone, is_mobile, parse_phone

PHONE_PURPOSE: Final = "phone.number"
BoundBy = Literal["self", "desk"]


@dataclass(frozen=True, slots=True)
class PhoneHeld:
    """A telephone of a person. `number` is sealed, bound to table "phone", column "number", row `id`."""

    id: UUID
    number: Sealed
    masked: str
    mobile: bool


@dataclass(frozen=True, slots=True)
class PhoneBinding:
    """That a person is reached under a telephone: bound by whom, since when, when the telephone was last used."""

    id: UUID
    person_id: UUID
    phone_id: UUID
    bound_by: str
    since: datetime
    last_used_at: datetime | None


def read_phone(text: str) -> str:
    """The number in E.164. Raises Refused (422, field phone)."""
    try:
        return parse_phone(text)
    except InvalidPhone as invalid:
        raise Refused(
            "directory.phone",
            N_("This telephone number is not right. A mobile number has 11 digits; a landline needs its area code."),
            status=422,
            field="phone",
        ) from invalid


def phone_key(number: str) -> str:
    """The blind index of a number, as typed or in E.164. Raises Refused (422, field phone)."""
    return get_vault().index(read_phone(number), purpose=PHONE_PURPOSE)


async def bind_phone(person_id: UUID, number: str, *, bound_by: BoundBy, now: datetime) -> UUID:
    """The person can be reached under this number (as typed); answers the telephone's id. Twice changes nothing."""
    async with unit_of_work():
        phone_id = await _phone_id(read_phone(number), now)
        await PersonPhone.bulk_create(
            [PersonPhone(person_id=person_id, phone_id=phone_id, bound_by=bound_by, since=now)], ignore_conflicts=True
        )
    return phone_id


async def _phone_id(number: str, now: datetime) -> UUID:
    """The telephone's row, made when it is new: a rival who makes the same one at this moment wins quietly."""
    vault = get_vault()
    key = vault.index(number, purpose=PHONE_PURPOSE)
    known = await Phone.get_or_none(number_key=key)
    if known is not None:
        return known.id
    row = Phone(number_key=key, mobile=is_mobile(number), created_at=now)
    row.number = vault.seal(number, table="phone", column="number", row_id=row.id)
    await Phone.bulk_create([row], ignore_conflicts=True)
    return (await Phone.get(number_key=key)).id


async def unbind_phone(person_id: UUID, phone_id: UUID, *, now: datetime) -> bool:
    """The person is no longer reached there. False: she was not."""
    async with unit_of_work():
        changed = await PersonPhone.filter(person_id=person_id, phone_id=phone_id, ended_at=None).update(ended_at=now)
    return changed != 0


async def bindings_of_phone(number: str) -> list[PhoneBinding]:
    """Whom this number (as typed or in E.164) reaches, the earliest bound first."""
    bound = PersonPhone.filter(
        phone__number_key=phone_key(number),
        ended_at=None,
        person__merged_into_id=None,
        person__erased_at=None,
    )
    return [
        PhoneBinding(
            id=row.id,
            person_id=row.person_id,
            phone_id=row.phone_id,
            bound_by=row.bound_by,
            since=row.since,
            last_used_at=row.phone.last_used_at,
        )
        for row in await bound.select_related("phone").order_by("since", "id")
    ]


async def people_of_phone(number: str, *, masked: bool = True) -> list[PersonCard]:
    """The cards of those whom this number reaches, the earliest bound first: "who are you?"."""
    ids = [binding.person_id for binding in await bindings_of_phone(number)]
    cards = await cards_of(ids, masked=masked)
    return [cards[person_id] for person_id in ids]


async def phone_of(person_id: UUID) -> PhoneHeld | None:
    """The telephone to use for this person: a mobile one first, then the latest bound. None: nobody can call her."""
    phone = (await latest_phones([person_id])).get(person_id)
    return None if phone is None else _held(phone)


async def phones_of(person_id: UUID) -> list[PhoneHeld]:
    """All telephones of a person, the latest bound first."""
    bound = PersonPhone.filter(person_id=person_id, ended_at=None)
    return [_held(row.phone) for row in await bound.select_related("phone").order_by("-since", "-id")]


def _held(phone: Phone) -> PhoneHeld:
    return PhoneHeld(phone.id, phone.number, masked_phone(phone), phone.mobile)


async def phone_used(phone_id: UUID, *, now: datetime) -> None:
    """Somebody proved that she holds this telephone."""
    async with unit_of_work():
        await Phone.filter(id=phone_id).update(last_used_at=now)
