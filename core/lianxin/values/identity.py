"""The resident ID number, GB 11643-1999: 6 area + 8 birth date + 3 sequence + 1 check character.

Areas are not checked: districts were renamed and dissolved, and their people still hold the number.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lianxin.values.invalid import InvalidValue
from lianxin.values.masks import mask_id
from lianxin.values.text import plain_capitals

LENGTH: Final = 18
DEMO_AREA: Final = "510899"  # not assigned to any district, so no living person has such a number
EARLIEST_YEAR: Final = 1850  # nobody in any register is older: an earlier year is a slip of the pen

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_SEPARATORS: Final = re.compile(r"[\s\-‐‑–—―]+")
_SHAPE: Final = re.compile(r"[0-9]*[0-9X]?")


class InvalidIdNumber(InvalidValue):
    """Reasons: `empty`, `short` (by), `long` (by), `bad_character` (character, position from 1),
    `bad_date`, `future_date`, `bad_check`."""


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """A checked ID number. It prints masked; `value` is the number itself."""

    value: str

    @property
    def birth_date(self) -> date:
        return date(int(self.value[6:10]), int(self.value[10:12]), int(self.value[12:14]))

    @property
    def is_female(self) -> bool:
        return int(self.value[16]) % 2 == 0

    def __str__(self) -> str:
        return mask_id(self.value)

    def __repr__(self) -> str:
        return f"IdNumber({self})"


def parse_id_number(text: str, today: date) -> IdNumber:
    """An ID number as typed: full-width characters, spaces, dashes and a small x are fine.

    `today` is the day in the county, for "not born yet". Eighteen-character residence permits of
    Hong Kong, Macao and Taiwan residents (81, 82, 83) and of foreigners (9) follow the same rule.

    Raises:
        InvalidIdNumber: with the first reason found: characters, length, date, check character.
    """
    value = _SEPARATORS.sub("", plain_capitals(text))
    _check_shape(value)
    _check_date(value, today)
    if check_character(value[:-1]) != value[-1]:
        raise InvalidIdNumber("bad_check")
    return IdNumber(value)


def _check_shape(value: str) -> None:
    if not value:
        raise InvalidIdNumber("empty")
    good = _SHAPE.match(value)
    end = good.end() if good else 0
    if end < len(value):
        # An X before the end is the wrong character, not the one that follows it.
        place = end - 1 if end and value[end - 1] == "X" else end
        raise InvalidIdNumber("bad_character", character=value[place], position=place + 1)
    if len(value) < LENGTH:
        raise InvalidIdNumber("short", by=LENGTH - len(value))
    if len(value) > LENGTH:
        raise InvalidIdNumber("long", by=len(value) - LENGTH)


def _check_date(value: str, today: date) -> None:
    try:
        born = IdNumber(value).birth_date
    except ValueError:
        raise InvalidIdNumber("bad_date") from None
    if born.year < EARLIEST_YEAR:
        raise InvalidIdNumber("bad_date")
    if born > today:
        raise InvalidIdNumber("future_date")


def check_character(body: str) -> str:
    """The eighteenth character (0 to 9 or X) for the first seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECKS[total % 11]


def make_id_number(birth_date: date, sequence: int, *, area: str = DEMO_AREA) -> IdNumber:
    """A valid number for a person of the demo or of a test.

    `sequence` is 0 to 999: odd for a man, even for a woman.
    """
    if not 0 <= sequence <= 999:
        raise ValueError(f"sequence is {sequence}: an ID number has room for 0 to 999")
    body = f"{area}{birth_date.isoformat().replace('-', '')}{sequence:03d}"
    return IdNumber(body + check_character(body))
