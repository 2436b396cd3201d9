"""The slip of an application that was put aside: its characters, how they are read, and the one fact beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from hmac import compare_digest
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look alike on paper."""
LENGTH: Final = 12
TAIL: Final = 4
MOST_TRIES: Final = 10
"""Wrong facts of one slip, from wherever; then the desk prints a new one."""


def read_code(text: str) -> str:
    """The characters as typed or scanned: any case, full width too, with or without dashes and spaces."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character in ALPHABET)


def shown_code(code: str) -> str:
    """In groups of four, as it is printed and read out."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def fact_fits(said: str, numbers: Iterable[str], names: Iterable[str]) -> bool:
    """Whether it is the last four of an ID number or telephone; of whom we know neither, her name."""
    plain = "".join(unicodedata.normalize("NFKC", said).upper().split())
    tails = [number[-TAIL:].upper() for number in numbers if len(number) >= TAIL]
    known = tails or ["".join(name.upper().split()) for name in names if name.strip()]
    # Every comparison is made, so that the time taken tells little.
    right = [compare_digest(each.encode(), plain.encode()) for each in known]
    return any(right)
