"""Sessions: an opaque token on the browser, its hash here, ended at once when they must be."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access.actor import Actor, GrantHeld
from lianxin.access.models import Device, Grant, Session
from lianxin.data.unit import unit_of_work

TOKEN_BYTES = 32
STAFF_IDLE = timedelta(minutes=30)
STAFF_WHOLE = timedelta(hours=12)
RESIDENT_IDLE = timedelta(days=30)
RESIDENT_WHOLE = timedelta(days=180)
TOUCH = timedelta(minutes=1)
FULL = "full"


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session just made. `token` is told to the browser and kept nowhere."""

    id: UUID
    token: str
    seconds: int


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """The session of a request. `key` names the browser's session in logs of keys without being its token."""

    id: UUID
    key: str
    person_id: UUID | None
    method: str
    staff: bool
    stage: str
    phone_key: str | None
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One line of the list of one's sessions."""

    id: UUID
    method: str
    device: str
    created_at: datetime
    seen_at: datetime
    here: bool


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


async def open_session(
    person_id: UUID | None,
    *,
    method: str,
    staff: bool,
    now: datetime,
    stage: str = FULL,
    phone_key: str | None = None,
    device: str = "",
    address: str = "",
    instead_of: UUID | None = None,
) -> SessionOpened:
    """A new session with a new token; `instead_of` ends the one before, so that no token outlives a step up."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    whole = STAFF_WHOLE if staff else RESIDENT_WHOLE
    async with unit_of_work():
        if instead_of is not None:
            await Session.filter(id=instead_of, ended_at=None).update(ended_at=now)
        row = await Session.create(
            token_hash=hash_token(token),
            person_id=person_id,
            method=method,
            staff=staff,
            stage=stage,
            phone_key=phone_key,
            device=device[:120],
            address=address[:45],
            created_at=now,
            seen_at=now,
            expires_at=now + whole,
        )
    return SessionOpened(row.id, token, int(whole.total_seconds()))


async def find_session(token: str, now: datetime) -> SessionHeld | None:
    """The session of a token in any stage, if it still counts."""
    row = await Session.filter(token_hash=hash_token(token), ended_at=None, expires_at__gt=now).first()
    if row is None or not _fresh(row, now):
        return None
    return _held(row)


def _fresh(row: Session, now: datetime) -> bool:
    return now - row.seen_at <= (STAFF_IDLE if row.staff else RESIDENT_IDLE)


def _held(row: Session) -> SessionHeld:
    return SessionHeld(
        row.id,
        row.token_hash,
        row.person_id,  # type: ignore[attr-defined]
        row.method,
        row.staff,
        row.stage,
        row.phone_key,
        row.created_at,
        row.seen_at,
    )


async def load_actor(token: str, now: datetime) -> tuple[SessionHeld, Actor] | None:
    """The session and who is behind it: one query, and one more for the grants of staff.

    A session in the middle of signing in has nobody behind it yet.
    """
    row = (
        await Session.filter(token_hash=hash_token(token), ended_at=None, expires_at__gt=now)
        .select_related("person")
        .first()
    )
    if row is None or not _fresh(row, now):
        return None
    held = _held(row)
    await _touch(row, now)
    person = row.person
    if row.stage != FULL or person is None or person.erased_at is not None:
        return held, Actor(session_id=row.id)
    grants = await _grants(person.id, now) if row.staff else ()
    return held, Actor(
        person_id=person.id,
        name=person.name,
        session_id=row.id,
        staff=row.staff,
        grants=grants,
        home_area_id=person.home_area_id,
    )


async def _touch(row: Session, now: datetime) -> None:
    if now - row.seen_at >= TOUCH:
        await Session.filter(id=row.id).update(seen_at=now)


async def _grants(person_id: UUID, now: datetime) -> tuple[GrantHeld, ...]:
    rows = await (
        Grant.filter(Q(valid_until=None) | Q(valid_until__gt=now), person_id=person_id, valid_from__lte=now)
        .order_by("created_at", "id")
        .values("role", "area_id", "area__path", "organisation_id")
    )
    return tuple(GrantHeld(row["role"], row["area_id"], row["area__path"], row["organisation_id"]) for row in rows)


async def end_session(session_id: UUID, *, person_id: UUID | None = None, now: datetime) -> bool:
    """Ends one session (of this person, when one is named). True if there was one to end."""
    chosen = Session.filter(id=session_id, ended_at=None)
    if person_id is not None:
        chosen = chosen.filter(person_id=person_id)
    return bool(await chosen.update(ended_at=now))


async def end_all_sessions(person_id: UUID, *, but: UUID | None = None, now: datetime) -> None:
    """Ends every session of a person, except one."""
    chosen = Session.filter(person_id=person_id, ended_at=None)
    await (chosen.exclude(id=but) if but else chosen).update(ended_at=now)


async def list_sessions(person_id: UUID, *, here: UUID | None, now: datetime) -> list[SessionShown]:
    """The sessions that still count, the one asked from first."""
    rows = await Session.filter(person_id=person_id, ended_at=None, expires_at__gt=now, stage=FULL).order_by("-seen_at")
    shown = [
        SessionShown(row.id, row.method, row.device, row.created_at, row.seen_at, row.id == here)
        for row in rows
        if _fresh(row, now)
    ]
    return sorted(shown, key=lambda session: not session.here)


async def know_device(person_id: UUID, token: str, *, now: datetime) -> str:
    """Marks the browser as known to this person, under the token it has or a new one; answers the token."""
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    async with unit_of_work():
        row, made = await Device.get_or_create(
            {"created_at": now, "seen_at": now}, token_hash=hash_token(token), person_id=person_id
        )
        if not made:
            await Device.filter(id=row.id).update(seen_at=now)
    return token


async def is_known_device(person_id: UUID, token: str) -> bool:
    """Whether this person signed in from this browser before."""
    return bool(token) and await Device.filter(token_hash=hash_token(token), person_id=person_id).exists()
