"""The last four characters of a telephone or an ID number: enough, with a code, to hear how a matter stands."""

from __future__ import annotations

from hmac import compare_digest
from typing import Final
from uuid import UUID

from lianxin.data.vault import get_vault
from lianxin.directory.models import Person
from lianxin.directory.people.numbers import TAIL, tail_key
from lianxin.directory.people.phones import phones_of
from lianxin.values.text import plain_capitals

NOBODY: Final = "0000000000"


async def fits_last_four(person_id: UUID | None, typed: str) -> bool:
    """Whether these are the last four of the person's ID number or of one of her telephones.

    Nobody (None) fits nothing; every comparison is made all the same, so that the time taken tells little.
    """
    said = plain_capitals(typed).replace(" ", "")
    row = await Person.get_or_none(id=person_id) if person_id else None
    numbers = await _opened(person_id) if person_id else [NOBODY]
    by_phone = [compare_digest(number[-TAIL:].encode(), said.encode()) for number in numbers]
    by_number = compare_digest((row.id_number_tail_key if row else None) or "", tail_key(said))
    return person_id is not None and len(said) == TAIL and (any(by_phone) or by_number)


async def _opened(person_id: UUID) -> list[str]:
    vault = get_vault()
    return [
        vault.open_for_delivery(phone.number, table="phone", column="number", row_id=phone.id)
        for phone in await phones_of(person_id)
    ]
