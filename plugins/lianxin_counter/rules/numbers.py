"""How a number is written and spoken, and how long people waited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import Final

CODE_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH: Final = 12
"""31 ** 12 is nearly 2 ** 60: nobody comes upon somebody else's slip by trying."""


def show_number(kind: str, number: int) -> str:
    """`A012`, as it stands on the slip and on the wall."""
    return f"{kind}{number:03}"


def spoken_number(shown: str) -> str:
    """One sign at a time, so that a voice says "A, zero, one, two" and not "A twelve"."""
    return " ".join(shown)


def median_wait(waits: Sequence[tuple[datetime, datetime]]) -> int | None:
    """Whole minutes that the one in the middle waited, from taking a number to the first call. None: nobody yet."""
    minutes = [max((called - taken).total_seconds(), 0) / 60 for taken, called in waits]
    return round(median(minutes)) if minutes else None
