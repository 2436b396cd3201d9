"""The unified social credit code of an organisation, GB 32100-2015.

18 characters: authority and type (letters allowed: N2 is a rural collective), 6 digits of area,
9 of the organisation code, one check character. I, O, S, V and Z do not occur.
"""

import re
from typing import Final

from lianxin.values.invalid import InvalidValue
from lianxin.values.text import plain_capitals

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH: Final = 18

_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_AREA: Final = range(2, 8)
_SEPARATORS: Final = re.compile(r"[\s\-‐‑–—―]+")


class InvalidCreditCode(InvalidValue):
    """Reasons: `empty`, `short` (by), `long` (by), `bad_character` (character, position from 1), `bad_check`."""


def parse_credit_code(text: str) -> str:
    """A credit code as typed (small letters, full width, spaces, dashes), as its 18 characters.

    Raises:
        InvalidCreditCode: with the reason.
    """
    code = _SEPARATORS.sub("", plain_capitals(text))
    _check_shape(code)
    if check_character(code[:-1]) != code[-1]:
        raise InvalidCreditCode("bad_check")
    return code


def _check_shape(code: str) -> None:
    if not code:
        raise InvalidCreditCode("empty")
    for place, character in enumerate(code):
        if character not in _VALUE or (place in _AREA and _VALUE[character] > 9):
            raise InvalidCreditCode("bad_character", character=character, position=place + 1)
    if len(code) < LENGTH:
        raise InvalidCreditCode("short", by=LENGTH - len(code))
    if len(code) > LENGTH:
        raise InvalidCreditCode("long", by=len(code) - LENGTH)


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen."""
    total = sum(weight * _VALUE[character] for weight, character in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % 31]
