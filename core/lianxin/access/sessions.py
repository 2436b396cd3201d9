"""Sessions: a browser holds an opaque token of 256 bits, the database its SHA-256 alone.

Staff: 30 minutes idle, 12 hours at most. Residents: 30 days, anew with every visit. A sign-in under way: 15 minutes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access.actor import Actor, GrantHeld
from lianxin.access.models import Grant, Session
from lianxin.data.prepared import EPOCH, Prepared
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Phone

FULL: Final = "full"
SECOND_FACTOR: Final = "second_factor"
NEW_SECOND_FACTOR: Final = "new_second_factor"
CHOOSE_PERSON: Final = "choose_person"
SECOND_FACT: Final = "second_fact"
NEW_PASSWORD: Final = "new_password"  # noqa: S105 - the name of a stage
LOCKED: Final = "locked"

TOKEN_BYTES: Final = 32
STAFF_IDLE: Final = timedelta(minutes=30)
STAFF_WHOLE: Final = timedelta(hours=12)
RESIDENT_IDLE: Final = timedelta(days=30)
SIGNING_IN: Final = timedelta(minutes=15)
TOUCH: Final = timedelta(minutes=1)
RESIDENT_COOKIE: Final = timedelta(days=365)

_COLUMNS: Final = (
    "id",
    "token_hash",
    "person_id",
    "method",
    "staff",
    "stage",
    "phone_key",
    "created_at",
    "seen_at",
    "expires_at",
    "device",
    "address",
)
_HER: Final = ("name", "home_area_id", "identity", "language", "elder", "theme")
_PERSON: Final = (*_HER, "merged_into_id", "merged_ids", "erased_at")


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session with a new token, told to the browser and kept nowhere. `seconds` is for the cookie: the server ends

    the session earlier by its own rules.
    """

    id: UUID
    token: str
    seconds: int
    stage: str = FULL


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
    expires_at: datetime
    device: str
    address: str

    @property
    def full(self) -> bool:
        """Whether signing in is done."""
        return self.stage == FULL


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One line of the list of one's sessions."""

    id: UUID
    method: str
    device: str
    created_at: datetime
    seen_at: datetime
    here: bool
    staff: bool = False
    address: str = ""


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def expiry_of(*, staff: bool, stage: str, created_at: datetime, now: datetime) -> datetime:
    """When a session that is seen now ends by itself."""
    if stage != FULL:
        return now + SIGNING_IN
    return min(now + STAFF_IDLE, created_at + STAFF_WHOLE) if staff else now + RESIDENT_IDLE


def _seconds(*, staff: bool) -> int:
    return int((STAFF_WHOLE if staff else RESIDENT_COOKIE).total_seconds())


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
    """A new session with a new token; `instead_of` ends the one before, so that no token outlives a sign-in."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Session(
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
        expires_at=expiry_of(staff=staff, stage=stage, created_at=now, now=now),
    )
    async with unit_of_work():
        if instead_of is not None:
            await Session.filter(id=instead_of, ended_at=None).update(ended_at=now)
        await row.save(force_create=True)
        await _phone_used(phone_key, stage, now)
    return SessionOpened(row.id, token, _seconds(staff=staff), stage)


async def advance_session(
    session: SessionHeld, *, stage: str, now: datetime, person_id: UUID | None = None
) -> SessionOpened | None:
    """The next stage of a sign-in, or a step up, under a new token: the old one is dead from here on.

    None: the session has ended or another request was first, and one signs in again.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    changes: dict[str, Any] = {
        "token_hash": hash_token(token),
        "stage": stage,
        "seen_at": now,
        "expires_at": expiry_of(staff=session.staff, stage=stage, created_at=session.created_at, now=now),
    }
    if person_id is not None:
        changes["person_id"] = person_id
    async with unit_of_work():
        changed = await Session.filter(token_hash=session.key, ended_at=None).update(**changes)
        if changed != 0:
            await _phone_used(session.phone_key, stage, now)
    return SessionOpened(session.id, token, _seconds(staff=session.staff), stage) if changed != 0 else None


async def _phone_used(phone_key: str | None, stage: str, now: datetime) -> None:
    """Only a whole sign-in says that the number still belongs to whom we think; a code alone does not."""
    if phone_key is not None and stage == FULL:
        await Phone.filter(number_key=phone_key).update(last_used_at=now)


async def find_session(token: str, now: datetime) -> SessionHeld | None:
    """The session of a token in any stage, if it still counts."""
    row = await _row_of(token, now)
    return None if row is None else _held(row)


async def load_actor(
    token: str, now: datetime, *, address: str = "", request_id: str = ""
) -> tuple[SessionHeld, Actor] | None:
    """The session and who is behind it: one query, and one more for the grants of staff.

    A session in the middle of signing in has nobody behind it yet. At most once a minute the visit is written down.
    """
    row = await _row_of(token, now)
    if row is None:
        return None
    session = _held(row)
    if not session.full or session.person_id is None:
        return session, Actor(session_id=session.id, address=address, request_id=request_id)
    if abs(now - session.seen_at) >= TOUCH:
        await _touch(session, now)
    return session, Actor(
        person_id=session.person_id,
        name=row["person__name"],
        session_id=session.id,
        staff=session.staff,
        grants=await load_grants(session.person_id, now) if session.staff else (),
        home_area_id=row["person__home_area_id"],
        address=address,
        request_id=request_id,
        identity=row["person__identity"],
        language=row["person__language"],
        elder=row["person__elder"],
        theme=row["person__theme"],
        merged_ids=tuple(UUID(each) for each in row["person__merged_ids"] or ()),
    )


_GRANTS: Final = Prepared(
    lambda person_id, now: (
        Grant.filter(Q(valid_until=None) | Q(valid_until__gt=now), person_id=person_id, valid_from__lte=now)
        .order_by("created_at", "id")
        .values("role", "area_id", "area__path", "organisation_id")
    ),
    person_id=UUID(int=1),
    now=EPOCH,
)


async def load_grants(person_id: UUID, now: datetime) -> tuple[GrantHeld, ...]:
    """The grants of a person that count at this moment, the oldest first. One query."""
    rows = await _GRANTS.rows(person_id=person_id, now=now)
    return tuple(GrantHeld(row["role"], row["area_id"], row["area__path"], row["organisation_id"]) for row in rows)


_OF_TOKEN: Final = Prepared(
    lambda token_hash, now: Session.filter(token_hash=token_hash, ended_at=None, expires_at__gt=now).values(
        *_COLUMNS, *(f"person__{name}" for name in _PERSON)
    ),
    token_hash="the hash of a token",  # noqa: S106 - a sample, no secret
    now=EPOCH,
)


async def _row_of(token: str, now: datetime) -> Mapping[str, Any] | None:
    row = next(iter(await _OF_TOKEN.rows(token_hash=hash_token(token), now=now)), None)
    if row is None or row["person__merged_into_id"] is not None or row["person__erased_at"] is not None:
        return None
    return row


def _held(row: Mapping[str, Any]) -> SessionHeld:
    return SessionHeld(key=row["token_hash"], **{name: row[name] for name in _COLUMNS if name != "token_hash"})


async def _touch(session: SessionHeld, now: datetime) -> None:
    until = expiry_of(staff=session.staff, stage=session.stage, created_at=session.created_at, now=now)
    async with unit_of_work():
        await Session.filter(id=session.id, ended_at=None).update(seen_at=now, expires_at=until)


async def lock_sessions(**whose: Any) -> bool:
    """Locks staff sessions (`id=`, `seen_at__lt=`): until somebody proves anew who she is, nobody is behind them.

    They end when they would have ended. True if there was one to lock.
    """
    async with unit_of_work():
        return await Session.filter(**whose, staff=True, stage=FULL, ended_at=None).update(stage=LOCKED) != 0


async def end_session(session_id: UUID, *, person_id: UUID | None = None, now: datetime) -> bool:
    """Ends one session (of this person, when one is named). True if there was one to end."""
    chosen = Session.filter(id=session_id, ended_at=None)
    if person_id is not None:
        chosen = chosen.filter(person_id=person_id)
    async with unit_of_work():
        return await chosen.update(ended_at=now) != 0


async def end_all_sessions(person_id: UUID, *, but: UUID | None = None, now: datetime) -> None:
    """Ends every session of a person, except one."""
    chosen = Session.filter(person_id=person_id, ended_at=None)
    async with unit_of_work():
        await (chosen.exclude(id=but) if but else chosen).update(ended_at=now)


async def list_sessions(person_id: UUID, *, here: UUID | None, now: datetime) -> list[SessionShown]:
    """The sessions that still count: the one asked from first, then the latest seen."""
    living = Session.filter(person_id=person_id, ended_at=None, expires_at__gt=now, stage=FULL)
    shown = [
        SessionShown(
            row.id, row.method, row.device, row.created_at, row.seen_at, row.id == here, row.staff, row.address
        )
        for row in await living.order_by("-seen_at", "-id")
    ]
    return sorted(shown, key=lambda session: not session.here)


async def forget_sessions(now: datetime) -> None:
    """Removes sessions that ran out thirty days ago: the body of a nightly job."""
    async with unit_of_work():
        await Session.filter(expires_at__lt=now - RESIDENT_IDLE).delete()
