"""What was sent after the session had ended: kept sealed for half an hour, for the same person on the same browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.access.models import HeldRequest, Session
from lianxin.access.sessions import FULL, LOCKED, hash_token
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault

LIFETIME: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HeldForm:
    """Where it was sent and what it said, as it was given to `hold_request`."""

    path: str
    body: str


async def who_left(browser_token: str) -> UUID | None:
    """Whose session this token opened; None for one that never was, or in which nobody was signed in yet."""
    row = await Session.get_or_none(token_hash=hash_token(browser_token)).values("person_id", "stage")
    return row["person_id"] if row is not None and row["stage"] in (FULL, LOCKED) else None


async def hold_request(person_id: UUID, browser_token: str, *, path: str, body: str, now: datetime) -> None:
    """Keeps a form. `browser_token` is the old session's: the browser sends it still; an earlier form goes."""
    row = HeldRequest(
        browser_hash=hash_token(browser_token),
        person_id=person_id,
        path=path[:500],
        created_at=now,
        expires_at=now + LIFETIME,
    )
    row.body = get_vault().seal(body, table="held_request", column="body", row_id=row.id)
    async with unit_of_work():
        await HeldRequest.filter(browser_hash=row.browser_hash, person_id=person_id).delete()
        await row.save(force_create=True)


async def take_held(person_id: UUID, browser_token: str, *, now: datetime) -> HeldForm | None:
    """The form, once, if this person left it on this browser within half an hour."""
    mine = HeldRequest.filter(browser_hash=hash_token(browser_token), person_id=person_id, expires_at__gt=now)
    async with unit_of_work():
        row = await mine.select_for_update().first()
        if row is None:
            return None
        await HeldRequest.filter(id=row.id).delete()
        body = await get_vault().reveal(
            row.body,
            table="held_request",
            column="body",
            row_id=row.id,
            subject_id=person_id,
            by=person_id,
            purpose="held_request",
            now=now,
        )
    return HeldForm(row.path, body)


async def forget_held(now: datetime) -> None:
    """Removes what nobody came back for: the body of a job."""
    async with unit_of_work():
        await HeldRequest.filter(expires_at__lt=now).delete()
