"""Ids made before the row is written, in the order in which they were made (RFC 9562, version 7)."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A new id: 48 bits of milliseconds, 12 bits of their fraction, 62 random bits.

    Within a process each is larger than the one before, even when the clock steps back.
    """
    global _last
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    with _lock:
        _last = max(milliseconds << 12 | (rest << 12) // 1_000_000, _last + 1)
        stamp = _last
    high = (stamp >> 12) << 16 | 0x7000 | (stamp & 0xFFF)
    return UUID(int=high << 64 | 0b10 << 62 | secrets.randbits(62))
