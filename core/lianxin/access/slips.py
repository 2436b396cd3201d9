"""Slips that the desk prints for whom no text message reaches: twelve characters, a day, once, and one fact."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tortoise.expressions import F

from lianxin.access.facts import fits
from lianxin.access.limits import ADDRESS_TRIES, TooManyTries, Try, address_key, counted_apart, use_up
from lianxin.access.models import SignInCode
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.i18n import N_
from lianxin.values.text import plain_capitals

# Without those that look alike on paper.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 12
LIFETIME: Final = timedelta(hours=24)
TRIES: Final = 5
SLIP_PURPOSE: Final = "sign_in_slip"


@dataclass(frozen=True, slots=True)
class SlipMade:
    """A slip, told once: `code` for the QR code, `printed` in groups of four."""

    code: str
    printed: str
    expires_at: datetime


async def make_slip(person_id: UUID, *, now: datetime) -> SlipMade:
    """A new slip for this person; earlier ones no longer hold. The caller asks who may, and records it."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    row = SignInCode(
        purpose="slip", person_id=person_id, code_hash=_hash(code), created_at=now, expires_at=now + LIFETIME
    )
    async with unit_of_work():
        await SignInCode.filter(purpose="slip", person_id=person_id, used_at=None, expires_at__gt=now).update(
            expires_at=now
        )
        await row.save(force_create=True)
    return SlipMade(code, "-".join(code[at : at + 4] for at in range(0, LENGTH, 4)), row.expires_at)


@counted_apart
async def check_slip(code: str, answer: str, *, address: str, now: datetime) -> UUID:
    """Uses up a slip: its characters, and the name or the last four of the ID number. Answers the person.

    Raises Refused (422), the same for a wrong slip and a wrong fact, and TooManyTries (429) by address. Not to be
    called inside unit_of_work(): a wrong try must stay counted.
    """
    admitted = await use_up([Try("slip_address", address_key(address), ADDRESS_TRIES)], now=now)
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted)
    person_id = await _use_slip(_hash(read_slip(code)), answer, now)
    if person_id is None:
        raise Refused(
            "access.wrong_slip",
            N_("The slip or what you added is not right, or the slip is over a day old. The desk prints a new one."),
            status=422,
            field="code",
        )
    return person_id


def read_slip(text: str) -> str:
    """The characters of a slip as typed: any case, with or without dashes and spaces."""
    return "".join(character for character in plain_capitals(text) if character in ALPHABET)


async def _use_slip(code_hash: str, answer: str, now: datetime) -> UUID | None:
    async with unit_of_work():
        living = SignInCode.filter(purpose="slip", code_hash=code_hash, used_at=None, expires_at__gt=now)
        row = await living.select_related("person").first()
        if row is None or row.person is None:
            return None
        counted = await SignInCode.filter(id=row.id, used_at=None, tries__lt=TRIES).update(tries=F("tries") + 1)
        if counted == 0 or not fits(row.person, answer):
            return None
        used = await SignInCode.filter(id=row.id, used_at=None).update(used_at=now)
        return row.person.id if used != 0 else None


def _hash(code: str) -> str:
    return get_vault().index(code, purpose=SLIP_PURPOSE)
