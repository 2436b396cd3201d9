"""A token is made, and ended."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lianxin.api import N_, Actor, Refused, record, unit_of_work
from lianxin_exchange.access import MAKE, OVERSEE
from lianxin_exchange.models import Token
from lianxin_exchange.queries.tokens import held_permissions, living_of
from lianxin_exchange.rules.tokens import BYTES, LASTS, MOST, PREFIX, hash_token


@dataclass(frozen=True, slots=True)
class TokenMade:
    """The token itself, told once and kept nowhere."""

    id: UUID
    text: str
    expires_at: datetime


async def make_token(name: str, permissions: Collection[str], days: int, *, by: Actor, now: datetime) -> TokenMade:
    """For a program that acts in her name.

    Raises Refused: 403 without a staff session, 422 for what she does not hold, 409 when she has too many.
    """
    if by.person_id is None or by.token_id is not None or not by.may(MAKE):
        raise Refused("exchange.no_token", N_("Only staff make tokens, signed in as staff."), status=403)
    if not permissions or set(permissions) - set(held_permissions(by)):
        text = N_("Choose at least one right, of those that you hold yourself.")
        raise Refused("exchange.not_held", text, status=422, field="permissions")
    if days not in LASTS:
        raise Refused("exchange.no_span", N_("Choose how long it shall count."), status=422, field="days")
    told = PREFIX + secrets.token_urlsafe(BYTES)
    row = Token(
        token_hash=hash_token(told),
        person_id=by.person_id,
        name=name,
        permissions=sorted(permissions),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    async with unit_of_work():
        if await living_of(by.person_id, now).count() >= MOST:
            full = N_("You have %(most)s tokens. End one that is not needed any more.")
            raise Refused("exchange.too_many", full, status=409, field="name", most=MOST)
        await row.save(force_create=True)
        detail = {"permissions": row.permissions, "expires_at": row.expires_at}
        await record("exchange.make_token", by=by, object_kind="token", object_id=row.id, detail=detail, now=now)
    return TokenMade(row.id, told, row.expires_at)


async def end_token(token_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Her own, or anybody's for who oversees them. False: it had ended. Raises Refused (404)."""
    async with unit_of_work():
        row = await Token.filter(id=token_id).select_for_update().first()
        if row is None or not (row.person_id in by.person_ids or by.may(OVERSEE)):
            raise Refused("exchange.none", N_("This token is not there, or has ended."), status=404)
        if await Token.filter(id=token_id, ended_at=None).update(ended_at=now, ended_by_id=by.person_id) == 0:
            return False
        detail = {"owner": row.person_id}
        await record("exchange.end_token", by=by, object_kind="token", object_id=token_id, detail=detail, now=now)
    return True
