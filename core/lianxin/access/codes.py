"""Codes sent to a telephone. Six digits, ten minutes, five tries, once; defence.md B6.

Asking for one looks up nobody: for a number that we know and one that we don't the path is the same (B7).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from math import ceil
from typing import Final
from uuid import UUID

from tortoise.expressions import F

from lianxin.access.limits import CODE_SENDING, TooManyTries, Try, counted_apart, use_up
from lianxin.access.models import SignInCode
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.directory.people.phones import PHONE_PURPOSE, bindings_of_phone
from lianxin.i18n import N_

LIFETIME: Final = timedelta(minutes=10)
TRIES: Final = 5
CODE_PURPOSE: Final = "sign_in_code"
BOUND_PURPOSE: Final = "bound_code"


@dataclass(frozen=True, slots=True)
class CodeMade:
    """A code, told once: to be handed to messages in the same unit of work."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PhoneProved:
    """Somebody holds this telephone now. `people` are those it reaches, earliest bound first: none, one or several.

    `phone_key` goes into the session that is opened now: when that is full, the number counts as used.
    """

    phone_key: str
    people: tuple[UUID, ...]


async def request_code(phone: str, *, now: datetime, bound_to: str = "") -> CodeMade:
    """A new code for a number in E.164; the ones before no longer hold.

    Bound to something ("authorisation:…"), it proves consent to that alone: nobody can sign in with it, nor use it for
    anything else. Call it in the unit of work that also sends it. Raises TooManyTries (429): one a minute, five an
    hour to a telephone; bound ones are counted for themselves, so that nobody's signing in waits for them.
    """
    phone_key = get_vault().index(phone, purpose=PHONE_PURPOSE)
    key = _key(phone, bound_to)
    code = f"{secrets.randbelow(10**6):06d}"
    row = SignInCode(
        purpose="phone", phone_key=key, code_hash=_hash(key, code), created_at=now, expires_at=now + LIFETIME
    )
    async with unit_of_work():
        admitted = await use_up([Try("bound_sent" if bound_to else "code_sent", phone_key, CODE_SENDING)], now=now)
        if isinstance(admitted, timedelta):
            raise TooManyTries(admitted)
        await SignInCode.filter(phone_key=key, used_at=None, expires_at__gt=now).update(expires_at=now)
        await row.save(force_create=True)
    return CodeMade(code, row.expires_at)


@counted_apart
async def check_code(phone: str, code: str, *, now: datetime, bound_to: str = "") -> PhoneProved:
    """Uses up the code of a number in E.164, asked for with the same `bound_to`. Raises Refused (422, field code,

    `left` tries). Not to be called inside unit_of_work(): a wrong try must stay counted.
    """
    key = _key(phone, bound_to)
    left = await _use_code(key, code, now)
    if left is not None:
        raise _wrong(left, await _next_in(key, now) if left == 0 else 0)
    bound = await bindings_of_phone(phone)
    phone_key = get_vault().index(phone, purpose=PHONE_PURPOSE)
    return PhoneProved(phone_key, tuple(binding.person_id for binding in bound))


def _key(phone: str, bound_to: str) -> str:
    """What a code is kept under. One that is bound stands where signing in does not look."""
    if not bound_to:
        return get_vault().index(phone, purpose=PHONE_PURPOSE)
    return get_vault().index(f"{bound_to}:{phone}", purpose=BOUND_PURPOSE)


async def _use_code(key: str, code: str, now: datetime) -> int | None:
    """None: right, and used now. Else the tries that are left."""
    wanted = _hash(key, code.strip())
    async with unit_of_work():
        living = SignInCode.filter(phone_key=key, purpose="phone", used_at=None, expires_at__gt=now)
        row = await living.order_by("-created_at", "-id").first()
        if row is None:
            return 0
        counted = await SignInCode.filter(id=row.id, used_at=None, tries__lt=TRIES).update(tries=F("tries") + 1)
        if counted == 0:
            return 0
        if not compare_digest(wanted, row.code_hash):
            await row.refresh_from_db(fields=["tries"])
            return TRIES - row.tries
        return None if await SignInCode.filter(id=row.id, used_at=None).update(used_at=now) != 0 else 0


async def _next_in(key: str, now: datetime) -> int:
    """In how many seconds another code can be asked for."""
    latest = await SignInCode.filter(phone_key=key, purpose="phone").order_by("-created_at").first()
    wait = latest.created_at + CODE_SENDING[0].span - now if latest else timedelta(0)
    return min(max(0, ceil(wait.total_seconds())), 60)


def _hash(key: str, code: str) -> str:
    return get_vault().index(f"{key}:{code}", purpose=CODE_PURPOSE)


def _wrong(left: int, seconds: int) -> Refused:
    if left == 0:
        now = N_("This code was used or is over. Ask for a new one.")
        soon = N_("This code was used or is over. Ask for a new one: you can in %(seconds)s seconds.")
        text = soon if seconds else now
        return Refused("access.code_over", text, status=422, field="code", left=0, seconds=seconds)
    return Refused(
        "access.wrong_code",
        N_("This code is not right. Look at the latest message. Tries left: %(left)s."),
        status=422,
        field="code",
        left=left,
    )


async def forget_codes(now: datetime) -> None:
    """Removes codes that ran out a day ago: the body of a nightly job."""
    async with unit_of_work():
        await SignInCode.filter(expires_at__lt=now - timedelta(days=1)).delete()
