"""What is posted just now, for everybody to read: the fields that each rule allows, and nothing beyond them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from lianxin.api import N_, Page, Refused, decode_key, encode_key, show_money
from lianxin_eservices.models import Posting
from lianxin_eservices.queries.items import DEPARTMENTS, item_of_version
from lianxin_eservices.rules.days import last_day
from lianxin_eservices.rules.item import PostedField

SIZE = 30
TITLES: dict[PostedField, Any] = {
    PostedField.NAME: N_("Name"),
    PostedField.HOUSEHOLD_SIZE: N_("People in the household"),
    PostedField.AMOUNT: N_("Amount"),
    PostedField.SUPPORT: N_("Kind of support"),
    PostedField.KIND: N_("Kind"),
    PostedField.GRADE: N_("Grade"),
    PostedField.WORK: N_("What is done in the home"),
}
SUPPORT: dict[str, Any] = {"central": N_("In a home"), "scattered": N_("At her own home")}


@dataclass(frozen=True, slots=True)
class PostedLine:
    """One fact."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PostedCase:
    """One posting as anybody reads it."""

    id: UUID
    item: str
    office: str
    phone: str
    lines: tuple[PostedLine, ...]
    since: date
    until: date


def lines_of(shown: dict[str, str], language: str) -> tuple[PostedLine, ...]:
    """The facts in the order of the fields; a name that is no field is never shown."""
    return tuple(
        PostedLine(str(TITLES[field]), _text(field, shown[field.value], language))
        for field in PostedField
        if field.value in shown
    )


def _text(field: PostedField, value: str, language: str) -> str:
    if field is PostedField.AMOUNT:
        return show_money(int(value) * 100, language)
    if field is PostedField.SUPPORT:
        return str(SUPPORT[value])
    if field is PostedField.GRADE:
        return str(N_("Grade %(grade)s", grade=value))
    return value


async def list_posted(language: str, *, after: str = "", now: datetime) -> Page[PostedCase]:
    """What can be read and objected to now, that which ends first at the top."""
    chosen = Posting.filter(outcome="", ends_at__gt=now)
    key = decode_key(after, 2) if after else None
    if key is not None:
        try:
            ends_at, last = datetime.fromisoformat(key[0]), UUID(key[1])
        except ValueError:
            return Page(())
        chosen = chosen.filter(Q(ends_at__gt=ends_at) | Q(ends_at=ends_at, id__gt=last))
    rows = await chosen.order_by("ends_at", "id").limit(SIZE + 1)
    shown = [await _posted(row, language) for row in rows[:SIZE]]
    last_row = rows[SIZE - 1] if len(rows) > SIZE else None
    return Page(shown, encode_key([last_row.ends_at.isoformat(), str(last_row.id)]) if last_row else None)


async def get_posted(posting_id: str, language: str, *, now: datetime) -> PostedCase:
    """One of them; Refused with 404 for what is not posted (any more)."""
    row = None
    with suppress(ValueError):
        row = await Posting.get_or_none(id=UUID(posting_id), outcome="", ends_at__gt=now)
    if row is None:
        text = N_("This is not posted any more. Call us if something is wrong.")
        raise Refused("eservices.not_posted", text, status=404)
    return await _posted(row, language)


async def _posted(row: Posting, language: str) -> PostedCase:
    item = await item_of_version(row.version_id)
    department = DEPARTMENTS[item.department]
    return PostedCase(
        id=row.id,
        item=item.guide.name.in_language(language),
        office=department.full_name.in_language(language),
        phone=department.phone,
        lines=lines_of(row.shown, language),
        since=last_day(row.posted_at),
        until=last_day(row.ends_at),
    )
