"""The code of a matter: what people read to each other on the phone.

Eight of 29 characters, random, the last a check character. 29 is a prime and the eight weights
differ, so every single wrong character and every two swapped ones are noticed.
"""

import re
import secrets
from typing import Final

from lianxin.values.invalid import InvalidValue
from lianxin.values.text import plain_capitals

ALPHABET: Final = "0123456789ACDEFHJKMNPQRTUVWXY"
LENGTH: Final = 8

_WEIGHTS: Final = range(LENGTH, 0, -1)
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
# The seven letters that no code holds, read as the digit each is taken for.
_LOOK_ALIKES: Final = str.maketrans("BGILOSZ", "8611052")
_SEPARATORS: Final = re.compile(r"[\s\-_.·‐‑‒–—―−]+")


class InvalidCode(InvalidValue):
    """Reasons: `empty`, `short` (by), `long` (by), `bad_character` (character), `bad_check`."""


def new_code() -> str:
    """A new random code; whether it is free only the database can say."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the first seven a code."""
    total = sum(weight * _VALUE[character] for weight, character in zip(_WEIGHTS, body, strict=False))
    return ALPHABET[-total % len(ALPHABET)]


def parse_code(text: str) -> str:
    """A code as heard, read or pasted, as the code it is.

    Lower case, full-width characters, spaces and dashes are fine, and so are letters that look
    like a digit of the alphabet (O for 0, I and L for 1, B for 8, G for 6, S for 5, Z for 2).

    Raises:
        InvalidCode: with the reason.
    """
    code = _SEPARATORS.sub("", plain_capitals(text)).translate(_LOOK_ALIKES)
    _check_shape(code)
    if check_character(code[:-1]) != code[-1]:
        raise InvalidCode("bad_check")
    return code


def _check_shape(code: str) -> None:
    if not code:
        raise InvalidCode("empty")
    strange = next((character for character in code if character not in _VALUE), None)
    if strange is not None:
        raise InvalidCode("bad_character", character=strange)
    if len(code) < LENGTH:
        raise InvalidCode("short", by=LENGTH - len(code))
    if len(code) > LENGTH:
        raise InvalidCode("long", by=len(code) - LENGTH)


def show_code(code: str) -> str:
    """`4Q8T31KD` as `4Q8T 31KD`."""
    return f"{code[:4]} {code[4:]}"
