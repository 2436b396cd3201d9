"""How the desk looks for a person: name, ID number, its last four characters, or telephone, in one box."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from lianxin.declarations import Refused
from lianxin.directory.areas import below
from lianxin.directory.models import Person
from lianxin.directory.people.cards import PersonCard, cards_of
from lianxin.directory.people.numbers import TAIL, number_key, read_number, tail_key
from lianxin.directory.people.phones import phone_key
from lianxin.values.names import InvalidName, clean_name
from lianxin.values.text import plain_capitals

LIMIT: Final = 20
_TAIL: Final = re.compile(rf"[0-9]{{{TAIL - 1}}}[0-9X]")
_DIGITS: Final = re.compile(r"[+0-9][-0-9X ()]{6,}")


async def search_people(
    text: str, *, within: str | None = None, masked: bool = False, now: datetime
) -> list[PersonCard]:
    """At most 20 persons. The caller has checked that who asks may look.

    A whole ID number or telephone finds a person wherever she lives; a name or the last four characters only those
    whose home lies in the area of the path `within`, if one is given. What can't be read finds nobody.
    """
    plain = plain_capitals(text).strip()
    if _DIGITS.fullmatch(plain):
        return await _cards(_exact(plain, now), masked)
    scope = below(within, "home_area__") if within else Q()
    if _TAIL.fullmatch(plain):
        return await _cards(Q(scope, id_number_tail_key=tail_key(plain)), masked)
    try:
        name = clean_name(text)
    except InvalidName:
        return []
    first = await _cards(Q(scope, name__startswith=name), masked)
    if len(first) == LIMIT:
        return first
    inside = Q(scope, name__contains=name) & ~Q(name__startswith=name)
    return (first + await _cards(inside, masked))[:LIMIT]


def _exact(plain: str, now: datetime) -> Q:
    conditions = Q(id__in=[])
    with suppress(Refused):
        number = read_number(plain, now)
        if number is not None:
            conditions |= Q(id_number_key=number_key(number))
    with suppress(Refused):
        conditions |= Q(phones__phone__number_key=phone_key(plain), phones__ended_at=None)
    return conditions


async def _cards(condition: Q, masked: bool) -> list[PersonCard]:
    found = Person.filter(condition, merged_into_id=None, erased_at=None).distinct()
    ids = [row.id for row in await found.order_by("name", "id").limit(LIMIT).only("id", "name")]
    cards = await cards_of(ids, masked=masked)
    return [cards[person_id] for person_id in ids]
