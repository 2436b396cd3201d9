"""Tokens: whose, which, and who is behind one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from lianxin.api import (
    TOKEN,
    Actor,
    CredentialRow,
    Page,
    PersonRow,
    SessionHeld,
    decode_key,
    encode_key,
    get_rights,
    load_grants,
    mask_name,
    unit_of_work,
)
from lianxin_exchange.models import Token
from lianxin_exchange.rules.tokens import TOUCH, handed_on, hash_token, is_living, may_hand_on

PAGE = 50


@dataclass(frozen=True, slots=True)
class TokenShown:
    """One line of a list. `counts`: whether a program may still use it."""

    id: UUID
    name: str
    owner: str
    rights: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    used_from: str
    ended_at: datetime | None
    counts: bool


def held_permissions(actor: Actor) -> dict[str, str]:
    """What an actor could hand on: name to title, in the order of names."""
    rights = get_rights()
    held = {name for grant in actor.grants if actor.staff for name in rights.permissions_of(grant.role)}
    return {name: str(rights.permissions[name].title) for name in sorted(held) if may_hand_on(name)}


def living_of(person_id: UUID, now: datetime) -> QuerySet[Token]:
    """Tokens of a person that have neither ended nor run out."""
    return Token.filter(person_id=person_id, ended_at=None, expires_at__gt=now)


async def list_mine(person_id: UUID, now: datetime) -> tuple[TokenShown, ...]:
    """Her own that still count, and the latest that no longer do; the newest first."""
    rows = await Token.filter(person_id=person_id).order_by("-id").limit(PAGE).select_related("person")
    return tuple(sorted((_shown(row, now) for row in rows), key=lambda one: not one.counts))


async def list_everybodys(now: datetime, *, after: str = "") -> Page[TokenShown]:
    """For who oversees them: all that count, the newest first."""
    chosen = Token.filter(ended_at=None, expires_at__gt=now)
    key = decode_key(after, 1) if after else None
    if key is not None and _is_id(key[0]):
        chosen = chosen.filter(Q(id__lt=UUID(key[0])))
    rows = await chosen.order_by("-id").limit(PAGE + 1).select_related("person")
    shown = [_shown(row, now) for row in rows[:PAGE]]
    return Page(shown, encode_key([str(rows[PAGE - 1].id)]) if len(rows) > PAGE else None)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _shown(row: Token, now: datetime) -> TokenShown:
    known = get_rights().permissions
    return TokenShown(
        id=row.id,
        name=row.name,
        owner=mask_name(row.person.name),
        rights=tuple(str(known[name].title) if name in known else name for name in row.permissions),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        used_from=row.used_from,
        ended_at=row.ended_at,
        counts=is_living(row.ended_at, row.expires_at, now),
    )


class Tokens:
    """Fulfils the kernel's `Bearers`."""

    async def open(
        self, token: str, now: datetime, *, address: str, request_id: str
    ) -> tuple[SessionHeld, Actor] | None:
        """Four questions by key: the token, whether she may still sign in, her grants as they are now."""
        row = await Token.filter(token_hash=hash_token(token), ended_at=None, expires_at__gt=now).first()
        if row is None:
            return None
        owner = await PersonRow.filter(id=row.person_id, merged_into_id=None, erased_at=None).first()
        grants = handed_on(await load_grants(row.person_id, now), row.permissions)
        if owner is None or not grants or await _was_shut_out(row.person_id):
            return None
        await _touch(row, address, now)
        actor = Actor(
            person_id=owner.id,
            name=owner.name,
            staff=True,
            grants=grants,
            address=address,
            request_id=request_id,
            language=owner.language,
            merged_ids=tuple(UUID(each) for each in owner.merged_ids or ()),
            token_id=row.id,
        )
        return _held(row, address), actor


def _held(row: Token, address: str) -> SessionHeld:
    return SessionHeld(
        id=row.id,
        key=row.token_hash,
        person_id=row.person_id,
        method=TOKEN,
        staff=True,
        stage="full",
        phone_key=None,
        created_at=row.created_at,
        seen_at=row.used_at or row.created_at,
        expires_at=row.expires_at,
        device=row.name,
        address=address,
    )


async def _was_shut_out(person_id: UUID) -> bool:
    """Whether the ways in which she signed in as staff were all taken from her."""
    ended = await CredentialRow.filter(person_id=person_id, method="password").values_list("ended_at", flat=True)
    return bool(ended) and None not in ended


async def _touch(row: Token, address: str, now: datetime) -> None:
    """At most once a minute, as with sessions."""
    if row.used_at is None or abs(now - row.used_at) >= TOUCH:
        async with unit_of_work():
            await Token.filter(id=row.id, ended_at=None).update(used_at=now, used_from=address[:45])
