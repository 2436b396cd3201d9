"""Second clicks and lost replies: the key of a form, and what its request was."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.datastructures import UploadFile

from lianxin.data.models import RequestSeen
from lianxin.data.unit import AlreadyDone, RequestKey

KEY_FIELD = "_key"
SHORTEST_KEY = 10
LONGEST_KEY = 60


def request_key_of(
    pairs: Sequence[tuple[str, Any]], *, session_key: str, route: str, now: datetime
) -> RequestKey | None:
    """The key that the form carried with a digest of what it said; None for a form without one."""
    keys = [value for name, value in pairs if name == KEY_FIELD and isinstance(value, str)]
    if not keys or not SHORTEST_KEY <= len(keys[0]) <= LONGEST_KEY or not (keys[0].isascii() and keys[0].isprintable()):
        return None
    return RequestKey(f"{session_key[:16]}{keys[0]}", session_key, route, _digest(pairs), now)


def new_key() -> str:
    """The key of a form that is shown now."""
    return secrets.token_urlsafe(18)


async def done_before(key: RequestKey | None) -> AlreadyDone | None:
    """The first run of this request, when there was one.

    A second click may be refused before it reaches its unit of work ("already handled"): to the person it is the first
    click's answer that counts.
    """
    if key is None or key.claimed:
        return None
    seen = await RequestSeen.get_or_none(key=key.key)
    if seen is None:
        return None
    same = (seen.session_key, seen.route, seen.digest) == (key.session_key, key.route, key.digest)
    return AlreadyDone(seen.location, same=same)


def _digest(pairs: Sequence[tuple[str, Any]]) -> str:
    digest = hashlib.sha256()
    for name, value in pairs:
        if name == KEY_FIELD:
            continue
        told = f"{value.filename}:{value.size}" if isinstance(value, UploadFile) else str(value)
        digest.update(f"{len(name)}:{name}={len(told)}:{told};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
