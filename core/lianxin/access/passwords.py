"""Signing in by login name and password. No rules of composition, no expiry; the most common ones are refused."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

from lianxin.access.devices import forget_devices
from lianxin.access.hashing import NOBODY, fits_hash, hash_password
from lianxin.access.limits import (
    ADDRESS_TRIES,
    ONE_WARNING,
    TEN_TRIES,
    Admitted,
    TooManyTries,
    Try,
    address_key,
    attempt_key,
    counted_apart,
    take_back,
    use_up,
)
from lianxin.access.models import Credential, Device
from lianxin.access.sessions import end_all_sessions, hash_token
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import N_

METHOD: Final = "password"
SHORTEST: Final = 8
LONGEST: Final = 256
_CONTEXT: Final = ("lianxin", "连心")


@dataclass(frozen=True, slots=True)
class PasswordHeld:
    """Whose password it is, and what signing in asks for next. `second_factor` says that TOTP is set up."""

    person_id: UUID
    must_change: bool
    second_factor: bool


def clean_login(name: str) -> str:
    """A login name as it is stored and looked up: any width and case is the same name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()[:60]


@counted_apart
async def check_password(
    login_name: str,
    password: str,
    *,
    now: datetime,
    device_token: str = "",
    address: str = "",
    trusted_addresses: tuple[str, ...] = (),
) -> PasswordHeld:
    """Whose sign-in this is. A name that nobody has takes the same path as one that somebody has (B7).

    At most ten checks in half an hour an account, ten more for a browser it knows, 300 an address outside
    `trusted_addresses`. Raises Refused (422), and TooManyTries (429) whose `owner_id` is to be warned. Not to be called
    inside unit_of_work(): a wrong try must stay counted.
    """
    login = clean_login(login_name)
    row = await Credential.get_or_none(method=METHOD, identifier=login, ended_at=None)
    person_id: UUID | None = row.person_id if row else None
    known = await Device.filter(token_hash=hash_token(device_token), person_id=person_id or UUID(int=0)).exists()
    admitted = await _admit(login, person_id, device_token if known else "", _counted(address, trusted_addresses), now)
    right = await fits_hash(password[: LONGEST + 1], row.secret_hash if row else NOBODY)
    if row is None or person_id is None or not right:
        raise Refused(
            "access.wrong_password",
            N_("Login name or password is not right. An administrator can give you a new password."),
            status=422,
            field="password",
        )
    await take_back(admitted)
    totp = await Credential.filter(person_id=person_id, method="totp", must_change=False, ended_at=None).exists()
    return PasswordHeld(person_id, row.must_change, totp)


def _counted(address: str, trusted: tuple[str, ...]) -> str:
    return "" if address in trusted else address


async def _admit(login: str, person_id: UUID | None, device: str, address: str, now: datetime) -> Admitted:
    """Counts the try against its device if that is known, else against account and address at once."""
    if device:
        tries = [Try("password_device", attempt_key(f"{hash_token(device)}:{login}"), TEN_TRIES)]
    else:
        tries = [Try("password_address", address_key(address), ADDRESS_TRIES)] if address else []
        tries.append(Try("password", attempt_key(login), TEN_TRIES))
    admitted = await use_up(tries, now=now)
    if isinstance(admitted, Admitted):
        return admitted
    first = await use_up([Try("password_warned", attempt_key(login), ONE_WARNING)], now=now)
    raise TooManyTries(admitted, owner_id=person_id if isinstance(first, Admitted) else None)


@cache
def _common() -> frozenset[str]:
    text = files("lianxin.access").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line and not line.startswith("#"))


def check_new_password(password: str, login_name: str) -> None:
    """Raises Refused (422, field password): too short, too long, among the most common, or made of the site's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            "access.password_length",
            N_("A password has at least %(shortest)s characters. Four words in a row are easy to remember."),
            status=422,
            field="password",
            shortest=SHORTEST,
        )
    if is_guessable(password, login_name):
        raise Refused(
            "access.password_common",
            N_("This password is among the first that anybody would guess. Take four words that only you would join."),
            status=422,
            field="password",
        )


def is_guessable(password: str, login_name: str) -> bool:
    """Whether it is a common one, one character or pair again and again, or a name that everybody knows with digits."""
    plain = clean_login(password) if len(password) <= 60 else password.casefold()
    if plain in _common() or len(set(plain)) <= 2:
        return True
    rest = plain
    for word in (*_CONTEXT, clean_login(login_name)):
        rest = rest.replace(word, "") if word else rest
    return rest != plain and (len(rest) < 4 or rest.isdigit() or rest in _common())


async def set_password(
    person_id: UUID,
    login_name: str,
    password: str,
    *,
    must_change: bool = False,
    keep_session: UUID | None = None,
    now: datetime,
) -> UUID:
    """A new password; every session of hers but `keep_session` ends. `must_change`: an administrator chose it.

    Raises Refused (422) for a password that is too weak, (409) when somebody else has the login name.
    """
    check_new_password(password, login_name)
    secret_hash = await hash_password(password)
    login = clean_login(login_name)
    row = Credential(
        person_id=person_id,
        method=METHOD,
        identifier=login,
        secret_hash=secret_hash,
        must_change=must_change,
        created_at=now,
    )
    async with unit_of_work():
        await Credential.filter(person_id=person_id, method=METHOD, ended_at=None).update(ended_at=now)
        await Credential.bulk_create([row], ignore_conflicts=True)
        if not await Credential.filter(id=row.id).exists():
            raise Refused(
                "access.login_taken",
                N_("Somebody else signs in by this login name. Choose another."),
                status=409,
                field="login_name",
            )
        await end_all_sessions(person_id, but=keep_session, now=now)
        if must_change:
            await forget_devices(person_id)
    return row.id


async def disable_sign_in(person_id: UUID, *, now: datetime) -> None:
    """No staff method opens a session for this person any more, and all her sessions end."""
    async with unit_of_work():
        await Credential.filter(person_id=person_id, ended_at=None).update(ended_at=now)
        await end_all_sessions(person_id, now=now)


async def login_name_of(person_id: UUID) -> str | None:
    """By which name she signs in; None for somebody without a password."""
    row = await Credential.get_or_none(person_id=person_id, method=METHOD, ended_at=None)
    return None if row is None else row.identifier


async def must_change_password(person_id: UUID) -> bool:
    """Whether an administrator chose her password, so that she has to choose her own before anything else."""
    return await Credential.filter(person_id=person_id, method=METHOD, must_change=True, ended_at=None).exists()
