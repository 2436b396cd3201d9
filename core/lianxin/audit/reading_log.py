"""Who looked at my data: the vault's log of readings, in words for the person they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianxin.access.models import Grant
from lianxin.audit.paging import latest_page
from lianxin.data.models import Reading
from lianxin.data.paging import Page
from lianxin.directory.models import Person
from lianxin.i18n import N_, language

_titles: dict[str, object] = {
    "person.id_number": N_("ID number"),
    "person.address": N_("Address"),
    "phone.number": N_("Telephone number"),
}
_ANY: Final = N_("Personal data")


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """One reading. `reader` is empty when a job of the system read; `role` is the name of a role, "" for a resident.

    `place` is the organisation or area for which the reader held the role at that moment.
    """

    id: UUID
    at: datetime
    reader: str
    role: str
    place: str
    field: object
    purpose: str


def name_fields(titles: Mapping[str, object]) -> None:
    """Gives sealed columns ("<table>.<column>") the lazy titles by which people know them. Called at start."""
    _titles.update(titles)


async def readings_of(subject_ids: Iterable[UUID], *, after: str = "", size: int = 20) -> Page[ReadingShown]:
    """Readings about a person, given by all her ids (`same_person_ids`), the latest first, in three queries.

    `after` is the `next_key` of the page before.
    """
    rows, next_key = await latest_page(Reading.filter(subject_id__in=list(subject_ids)), after, size)
    readers = {row.reader_id for row in rows if row.reader_id}
    names = {row.id: row.name for row in await Person.filter(id__in=readers)} if readers else {}
    grants = await _grants(readers) if readers else {}
    return Page([_shown(row, names, grants) for row in rows], next_key)


async def _grants(readers: Iterable[UUID]) -> dict[UUID, list[Grant]]:
    held: dict[UUID, list[Grant]] = {}
    rows = await Grant.filter(person_id__in=list(readers)).select_related("area", "organisation").order_by("-id")
    for grant in rows:
        held.setdefault(grant.person_id, []).append(grant)
    return held


def _shown(row: Reading, names: Mapping[UUID, str], grants: Mapping[UUID, list[Grant]]) -> ReadingShown:
    grant = (
        next((held for held in grants.get(row.reader_id, ()) if _held_at(held, row.at)), None)
        if row.reader_id
        else None
    )
    return ReadingShown(
        id=row.id,
        at=row.at,
        reader=names.get(row.reader_id, "") if row.reader_id else "",
        role=grant.role if grant else "",
        place=_place(grant) if grant else "",
        field=_titles.get(f"{row.table_name}.{row.column_name}", _ANY),
        purpose=row.purpose,
    )


def _held_at(grant: Grant, at: datetime) -> bool:
    return grant.valid_from <= at and (grant.valid_until is None or at < grant.valid_until)


def _place(grant: Grant) -> str:
    place: Any = grant.organisation or grant.area
    if place is None:
        return ""
    return str(place.name_en if language.get() == "en" else place.name_zh)
