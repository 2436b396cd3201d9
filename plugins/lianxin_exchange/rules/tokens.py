"""What a token is, and what of its owner's rights it carries."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from lianxin.api import GrantHeld

PREFIX: Final = "lxt_"
"""By which a token is known as one, wherever it was left lying about."""
BYTES: Final = 32
LASTS: Final = (30, 90, 180, 365)
"""Days among which one chooses: a token without an end is a key under the mat."""
MOST: Final = 20
"""Living tokens of one person."""
TOUCH: Final = timedelta(minutes=1)
NOT_HANDED_ON: Final = "exchange.token."
"""A token makes no tokens."""


def hash_token(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def may_hand_on(permission: str) -> bool:
    """Whether a permission can be given to a token at all."""
    return not permission.startswith(NOT_HANDED_ON)


def handed_on(grants: Iterable[GrantHeld], permissions: Collection[str]) -> tuple[GrantHeld, ...]:
    """Of each grant the permissions that were handed on; without those of which nothing is left.

    What the owner's role no longer holds is gone here too: the names are asked of the grant as it is now.
    """
    named = frozenset(filter(may_hand_on, permissions))
    narrowed = (replace(grant, only=named if grant.only is None else named & grant.only) for grant in grants)
    return tuple(grant for grant in narrowed if any(grant.holds(name) for name in named))


def is_living(ended_at: datetime | None, expires_at: datetime, now: datetime) -> bool:
    """Neither ended nor run out."""
    return ended_at is None and expires_at > now
