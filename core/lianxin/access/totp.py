"""The second factor: codes of six digits that an app on the telephone makes from a secret and the time (RFC 6238)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from uuid import UUID

import pyotp

from lianxin.access.limits import TEN_TRIES, TooManyTries, Try, attempt_key, counted_apart, take_back, use_up
from lianxin.access.models import Credential
from lianxin.access.sessions import end_all_sessions
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.i18n import N_

METHOD: Final = "totp"
STEP: Final = 30
ISSUER: Final = "连心"


@dataclass(frozen=True, slots=True)
class TotpEnrolment:
    """What is shown once while it is set up: `uri` as a QR code, `secret` to type in by hand."""

    secret: str
    uri: str


async def begin_totp(person_id: UUID, login_name: str, *, now: datetime) -> TotpEnrolment:
    """A new secret, which counts from the first right code on (`confirm_totp`). One that counts already stays."""
    secret = pyotp.random_base32()
    row = Credential(person_id=person_id, method=METHOD, identifier=str(person_id), must_change=True, created_at=now)
    row.secret = get_vault().seal(secret, table="credential", column="secret", row_id=row.id)
    async with unit_of_work():
        if await Credential.filter(person_id=person_id, method=METHOD, must_change=False, ended_at=None).exists():
            raise Refused(
                "access.totp_there",
                N_("A second factor is set up already. An administrator can reset it."),
            )
        await Credential.filter(person_id=person_id, method=METHOD, ended_at=None).update(ended_at=now)
        await row.save(force_create=True)
    return _enrolment(secret, login_name)


async def enrolment_of(
    person_id: UUID, login_name: str, *, now: datetime, request_id: str = ""
) -> TotpEnrolment | None:
    """The enrolment under way, to show it again; the reading is written down. None: there is none."""
    row = await _row(person_id, waiting=True)
    if row is None or row.secret is None:
        return None
    secret = await get_vault().reveal(
        row.secret,
        table="credential",
        column="secret",
        row_id=row.id,
        subject_id=person_id,
        by=person_id,
        purpose="totp_enrolment",
        now=now,
        request_id=request_id,
    )
    return _enrolment(secret, login_name)


def _enrolment(secret: str, login_name: str) -> TotpEnrolment:
    return TotpEnrolment(
        secret, pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=login_name, issuer_name=ISSUER)
    )


@counted_apart
async def confirm_totp(person_id: UUID, code: str, *, now: datetime) -> None:
    """The first code from the new secret: from here on it counts. Raises as `check_totp`."""
    await _check(person_id, code, waiting=True, now=now)


@counted_apart
async def check_totp(person_id: UUID, code: str, *, now: datetime) -> None:
    """A code of now, of the step before or after; each once. Raises Refused (422, field code), TooManyTries (429).

    Not to be called inside unit_of_work(): a wrong try must stay counted.
    """
    await _check(person_id, code, waiting=False, now=now)


async def _check(person_id: UUID, code: str, *, waiting: bool, now: datetime) -> None:
    admitted = await use_up([Try("totp", attempt_key(str(person_id)), TEN_TRIES)], now=now)
    if isinstance(admitted, timedelta):
        raise TooManyTries(admitted, owner_id=person_id)
    row = await _row(person_id, waiting=waiting)
    counter = None if row is None else _counter_of(row, code.strip(), now)
    if row is None or counter is None or not await _take(row.id, counter):
        raise Refused(
            "access.wrong_totp",
            N_(
                "This code is not right or was used. Wait for the next one in the app, and check the telephone's clock."
            ),
            status=422,
            field="code",
        )
    await take_back(admitted)


async def _row(person_id: UUID, *, waiting: bool) -> Credential | None:
    return await Credential.get_or_none(person_id=person_id, method=METHOD, must_change=waiting, ended_at=None)


def _counter_of(row: Credential, code: str, now: datetime) -> int | None:
    """The step whose code it is. The secret does not leave the vault: the comparison goes in."""
    middle = int(now.timestamp()) // STEP

    def step_of(secret: str) -> str:
        codes = pyotp.HOTP(secret)
        steps = [step for step in (middle - 1, middle, middle + 1) if compare_digest(codes.at(step), code)]
        return str(max(steps)) if steps else ""

    if row.secret is None or not (code.isascii() and code.isdigit()):
        return None
    found = get_vault().masked(row.secret, table="credential", column="secret", row_id=row.id, mask=step_of)
    return int(found) if found else None


async def _take(credential_id: UUID, counter: int) -> bool:
    """Each step once, whoever is first."""
    fresh = Credential.filter(id=credential_id, last_counter__lt=counter, ended_at=None)
    async with unit_of_work():
        return await fresh.update(last_counter=counter, must_change=False) != 0


async def reset_totp(person_id: UUID, *, now: datetime) -> None:
    """An administrator takes the second factor away (a lost telephone): the next sign-in sets up a new one."""
    async with unit_of_work():
        await Credential.filter(person_id=person_id, method=METHOD, ended_at=None).update(ended_at=now)
        await end_all_sessions(person_id, now=now)
