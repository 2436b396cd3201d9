"""Second clicks and lost replies: the key of a form, and what its request was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.datastructures import UploadFile

from lianxin.data.unit import RequestKey

KEY_FIELD = "_key"
LONGEST_KEY = 60


def request_key_of(
    pairs: Sequence[tuple[str, Any]], *, session_key: str, route: str, now: datetime
) -> RequestKey | None:
    """The key that the form carried with a digest of what it said; None for a form without one."""
    keys = [value for name, value in pairs if name == KEY_FIELD and isinstance(value, str)]
    if not keys or not 10 <= len(keys[0]) <= LONGEST_KEY or not keys[0].isascii():
        return None
    return RequestKey(f"{session_key[:16]}{keys[0]}", session_key, route, _digest(pairs), now)


def _digest(pairs: Sequence[tuple[str, Any]]) -> str:
    digest = hashlib.sha256()
    for name, value in pairs:
        if name == KEY_FIELD:
            continue
        told = f"{value.filename}:{value.size}" if isinstance(value, UploadFile) else str(value)
        digest.update(f"{len(name)}:{name}={len(told)}:{told};".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
