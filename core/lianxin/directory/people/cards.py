"""A person as others see her: masked unless who asks needs the name, ID number and telephone always masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.directory.areas import area_info, get_area
from lianxin.directory.models import Person, PersonPhone, Phone
from lianxin.i18n import N_
from lianxin.values.masks import mask_id, mask_name, mask_phone

CLAIMED: Final = "claimed"
SEEN_BY_DESK: Final = "seen_by_desk"


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """A person's row without what is sealed. `name` may be empty until she tells it."""

    id: UUID
    name: str
    identity: str
    has_number: bool
    home_area_id: UUID | None
    language: str
    elder: str
    theme: str
    merged_into_id: UUID | None
    created_at: datetime
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Enough to tell persons apart. `masked` says that the name is masked too; empty texts: not known."""

    id: UUID
    name: str
    phone: str
    id_number: str
    home_area_id: UUID | None
    home_area: str
    identity: str
    masked: bool

    @property
    def seen_by_desk(self) -> bool:
        """Whether the desk has seen her ID card."""
        return self.identity == SEEN_BY_DESK


def _info(row: Person) -> PersonInfo:
    return PersonInfo(
        id=row.id,
        name=row.name,
        identity=row.identity,
        has_number=row.id_number_key is not None,
        home_area_id=row.home_area_id,
        language=row.language,
        elder=row.elder,
        theme=row.theme,
        merged_into_id=row.merged_into_id,
        created_at=row.created_at,
        erased_at=row.erased_at,
    )


def no_person() -> Refused:
    """What is said of an id that nobody has."""
    return Refused("directory.no_person", N_("This person is not in the directory."), status=404)


async def find_person(person_id: UUID) -> PersonInfo | None:
    """The person, or the one whom her row was merged into."""
    row = await Person.get_or_none(id=person_id)
    while row is not None and row.merged_into_id is not None:
        row = await Person.get_or_none(id=row.merged_into_id)
    return None if row is None else _info(row)


async def get_person(person_id: UUID) -> PersonInfo:
    """As `find_person`. Raises Refused (404) when there is none."""
    person = await find_person(person_id)
    if person is None:
        raise no_person()
    return person


async def people_of(person_ids: Iterable[UUID]) -> dict[UUID, PersonInfo]:
    """Several by id, as the rows stand, in one query: for the names in a history."""
    return {row.id: _info(row) for row in await Person.filter(id__in=set(person_ids))}


async def same_person_ids(person_id: UUID) -> list[UUID]:
    """The person's id and those of all rows that were merged into hers: whose matters are hers."""
    row = await Person.get_or_none(id=person_id)
    return [person_id, *(UUID(each) for each in (row.merged_ids if row else None) or ())]


async def card_of(person_id: UUID, *, masked: bool = True) -> PersonCard:
    """One person's card. Raises Refused (404)."""
    cards = await cards_of([person_id], masked=masked)
    if person_id not in cards:
        raise no_person()
    return cards[person_id]


async def cards_of(person_ids: Iterable[UUID], *, masked: bool = True) -> dict[UUID, PersonCard]:
    """Cards by id, in two queries however many."""
    ids = set(person_ids)
    rows = await Person.filter(id__in=ids).select_related("home_area") if ids else []
    phones = await latest_phones(ids)
    return {row.id: _card(row, phones.get(row.id), masked) for row in rows}


async def latest_phones(person_ids: Iterable[UUID]) -> dict[UUID, Phone]:
    """The telephone under which each person is reached: a mobile one first, then the latest bound."""
    bound = await PersonPhone.filter(person_id__in=set(person_ids), ended_at=None).select_related("phone")
    best = sorted(bound, key=lambda row: (row.phone.mobile, row.since, row.id))
    return {row.person_id: row.phone for row in best}


def _card(row: Person, phone: Phone | None, masked: bool) -> PersonCard:
    return PersonCard(
        id=row.id,
        name=mask_name(row.name) if masked and row.name else row.name,
        phone=masked_phone(phone) if phone else "",
        id_number=_masked_number(row),
        home_area_id=row.home_area_id,
        home_area=area_info(row.home_area).name if row.home_area else "",
        identity=row.identity,
        masked=masked,
    )


def masked_phone(phone: Phone) -> str:
    """`138****5678` of a telephone's row."""
    return get_vault().masked(phone.number, table="phone", column="number", row_id=phone.id, mask=mask_phone)


def _masked_number(row: Person) -> str:
    if row.id_number is None:
        return ""
    return get_vault().masked(row.id_number, table="person", column="id_number", row_id=row.id, mask=mask_id)


async def set_home_area(person_id: UUID, area_id: UUID | None) -> None:
    """Where the person lives. Raises Refused for a place that has ended (422) or is unknown (404)."""
    async with unit_of_work():
        if area_id is not None and (await get_area(area_id)).ended:
            raise Refused(
                "directory.area_over",
                N_("That place has ended. Choose one that exists now."),
                status=422,
                field="home_area",
            )
        await Person.filter(id=person_id).update(home_area_id=area_id)


async def set_preferences(
    person_id: UUID, *, language: str | None = None, elder: str | None = None, theme: str | None = None
) -> None:
    """Remembers how the person wants pages; None leaves a choice as it is."""
    chosen = {"language": language, "elder": elder, "theme": theme}
    changes = {key: value for key, value in chosen.items() if value is not None}
    if changes:
        async with unit_of_work():
            await Person.filter(id=person_id).update(**changes)
