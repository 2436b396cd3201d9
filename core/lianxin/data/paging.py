"""Key-set paging: a page begins after the last row of the one before, whatever was added meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
LARGEST = 100
LONGEST_KEY = 4000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the key of the next page; None when these were the last."""

    rows: Sequence[T]
    next_key: str | None = None


def encode_key(values: Sequence[str]) -> str:
    """The sort values of a page's last row, as they stand in an address."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def decode_key(key: str, length: int) -> tuple[str, ...] | None:
    """The values, or None for a key that is none of ours: then the list begins at its beginning."""
    try:
        values = json.loads(base64.urlsafe_b64decode(key[:LONGEST_KEY] + "=" * (-len(key) % 4)))
    except (ValueError, binascii.Error):
        return None
    if isinstance(values, list) and len(values) == length and all(isinstance(value, str) for value in values):
        return tuple(values)
    return None


def page_size(size: int) -> int:
    """A page has one row at least and a hundred at most."""
    return max(1, min(size, LARGEST))
