"""Browsers from which somebody signed in before: whoever guesses elsewhere does not lock them out."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from lianxin.access.models import Device
from lianxin.access.sessions import TOKEN_BYTES, hash_token
from lianxin.data.unit import unit_of_work

_SHORTEST = 40


async def know_device(person_id: UUID, token: str, *, now: datetime) -> str:
    """Marks the browser as known to this person, under the token it has or a new one; answers the token.

    To be called after a sign-in is complete, never after a password alone.
    """
    token = token if len(token) >= _SHORTEST else secrets.token_urlsafe(TOKEN_BYTES)
    row = Device(token_hash=hash_token(token), person_id=person_id, created_at=now, seen_at=now)
    async with unit_of_work():
        if await Device.filter(token_hash=row.token_hash, person_id=person_id).update(seen_at=now) == 0:
            await Device.bulk_create([row], ignore_conflicts=True)
    return token


async def is_known_device(person_id: UUID, token: str) -> bool:
    """Whether this person signed in from this browser before."""
    return await Device.filter(token_hash=hash_token(token), person_id=person_id).exists()


async def forget_devices(person_id: UUID) -> None:
    """No browser is known to this person any more: her password was reset."""
    async with unit_of_work():
        await Device.filter(person_id=person_id).delete()
