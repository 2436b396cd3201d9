"""ID numbers of persons: read from what was typed, sealed, found by their blind index."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from lianxin.data.sealed import Sealed
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.i18n import DEFAULT_ZONE, N_
from lianxin.values.identity import IdNumber, InvalidIdNumber, parse_id_number
from lianxin.values.names import InvalidName, clean_name

NUMBER_PURPOSE: Final = "person.id_number"
TAIL_PURPOSE: Final = "person.id_number_tail"
TAIL: Final = 4


def read_number(text: str, now: datetime) -> IdNumber | None:
    """The number as typed; None for an empty field. Raises Refused (422, field id_number)."""
    if not text.strip():
        return None
    today: date = now.astimezone(DEFAULT_ZONE).date()
    try:
        return parse_id_number(text, today)
    except InvalidIdNumber as invalid:
        raise Refused(
            "directory.id_number",
            N_("This ID number is not right. Compare it with the card, digit by digit."),
            status=422,
            field="id_number",
        ) from invalid


def read_name(text: str) -> str:
    """The name as it is stored. Raises Refused (422, field name)."""
    try:
        return clean_name(text)
    except InvalidName as invalid:
        raise Refused(
            "directory.name", N_("Write the name as on the ID card, 30 characters at most."), status=422, field="name"
        ) from invalid


def number_key(number: IdNumber) -> str:
    """The blind index of the whole number."""
    return get_vault().index(number.value, purpose=NUMBER_PURPOSE)


def tail_key(tail: str) -> str:
    """The blind index of the last four characters."""
    return get_vault().index(tail, purpose=TAIL_PURPOSE)


def seal_number(number: IdNumber, person_id: UUID) -> dict[str, Sealed | str]:
    """The columns of a person's row that hold the number."""
    return {
        "id_number": get_vault().seal(number.value, table="person", column="id_number", row_id=person_id),
        "id_number_key": number_key(number),
        "id_number_tail_key": tail_key(number.value[-TAIL:]),
    }
