"""Departments, stations and social organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tortoise.exceptions import IntegrityError

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.areas import below
from lianxin.directory.models import Organisation
from lianxin.i18n import N_, language
from lianxin.values.credit_code import InvalidCreditCode, parse_credit_code

DEPARTMENT: Final = "department"
TOWNSHIP_GOVERNMENT: Final = "township_government"
STATION: Final = "station"


@dataclass(frozen=True, slots=True)
class OrganisationInfo:
    """An organisation; `code` is our own short name ("civil_affairs"), which plugins and settings use."""

    id: UUID
    code: str
    credit_code: str | None
    name_zh: str
    name_en: str
    kind: str
    area_id: UUID
    phone: str
    ended_at: datetime | None

    @property
    def name(self) -> str:
        """In the language spoken now."""
        return (self.name_en or self.name_zh) if language.get() == "en" else self.name_zh


def _info(row: Organisation) -> OrganisationInfo:
    return OrganisationInfo(
        id=row.id,
        code=row.code,
        credit_code=row.credit_code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        kind=row.kind,
        area_id=row.area_id,
        phone=row.phone,
        ended_at=row.ended_at,
    )


async def get_organisation(organisation_id: UUID) -> OrganisationInfo:
    """Raises Refused (404) when there is none."""
    row = await Organisation.get_or_none(id=organisation_id)
    if row is None:
        raise Refused("directory.no_organisation", N_("This organisation is not in the directory."), status=404)
    return _info(row)


async def find_organisation(code: str) -> OrganisationInfo | None:
    """By our short name, ended or not."""
    row = await Organisation.get_or_none(code=code) if Organisation.has_room("code", code) else None
    return None if row is None else _info(row)


async def organisations_of(ids: Iterable[UUID]) -> dict[UUID, OrganisationInfo]:
    """Several by id in one query."""
    return {row.id: _info(row) for row in await Organisation.filter(id__in=set(ids))}


async def list_organisations(kind: str | None = None, *, within: str | None = None) -> list[OrganisationInfo]:
    """Those that exist now, by code; of one kind, and of the area of the path `within` and below, if asked."""
    query = Organisation.filter(ended_at=None)
    if kind is not None:
        query = query.filter(kind=kind)
    if within is not None:
        query = query.filter(below(within, "area__"))
    return [_info(row) for row in await query.order_by("code")]


async def save_organisation(
    code: str, *, credit_code: str = "", name_zh: str, name_en: str, kind: str, area_id: UUID, phone: str = ""
) -> OrganisationInfo:
    """Makes an organisation, or corrects the one of that code.

    Raises Refused (422, field credit_code) for a code whose check character is wrong, (409) for one that is taken.
    """
    values = {
        "credit_code": _checked(credit_code),
        "name_zh": name_zh,
        "name_en": name_en or name_zh,
        "kind": kind,
        "area_id": area_id,
        "phone": phone,
    }
    async with unit_of_work():
        try:
            row, _ = await Organisation.update_or_create(values, code=code)
        except IntegrityError as taken:
            raise Refused(
                "directory.credit_code_taken",
                N_("Another organisation has this credit code. Check both."),
                field="credit_code",
            ) from taken
    return _info(row)


def _checked(credit_code: str) -> str | None:
    if not credit_code.strip():
        return None
    try:
        return parse_credit_code(credit_code)
    except InvalidCreditCode as invalid:
        raise Refused(
            "directory.credit_code",
            N_("This credit code is not right. Compare its 18 characters with the certificate."),
            status=422,
            field="credit_code",
        ) from invalid


async def end_organisation(organisation_id: UUID, *, now: datetime) -> None:
    """It exists no more; what it decided stays. Doing it twice changes nothing."""
    async with unit_of_work():
        await Organisation.filter(id=organisation_id, ended_at=None).update(ended_at=now)
