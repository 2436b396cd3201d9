"""Text as people type it: what is refused, what is kept, how it is cut."""

import unicodedata
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from lianxin.values.invalid import InvalidValue

LINE_CHARACTERS: Final = "\n\t"
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Not str.upper(): that makes two letters of one here and there, and plain ones of foreign ones.
_CAPITALS: Final = str.maketrans(ascii_lowercase, ascii_uppercase)
_ZERO_WIDTH_JOINER: Final = "\u200d"


class InvalidText(InvalidValue):
    """Reasons: `control_character` (position, code), `broken_character` (position, code)."""


def clean_text(text: str, *, multiline: bool = False) -> str:
    """Give the text back exactly as typed, or refuse it.

    Refused are control characters (NUL included) and lone halves of surrogate pairs, which no
    database keeps. With `multiline`, line breaks and tabs are welcome; the three ways of writing a
    line break become one, because browsers send another than people type.

    Raises:
        InvalidText: with the position counted from 1 and the code point as `U+0007`.
    """
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    allowed = LINE_CHARACTERS if multiline else ""
    for position, character in enumerate(text, start=1):
        reason = _refusal(character)
        if reason and character not in allowed:
            raise InvalidText(reason, position=position, code=code_point(character))
    return text


def _refusal(character: str) -> str:
    category = unicodedata.category(character)
    return {"Cc": "control_character", "Cs": "broken_character"}.get(category, "")


def code_point(character: str) -> str:
    """`U+4E2D` for 中: how a character is named that may be invisible."""
    return f"U+{ord(character):04X}"


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and spaces of a Chinese keyboard as plain ones."""
    return text.translate(_FULL_WIDTH)


def plain_capitals(text: str) -> str:
    """Half width, and a to z as A to Z: how codes and numbers are read."""
    return half_width(text).translate(_CAPITALS)


def graphemes(text: str) -> list[str]:
    """Cut into what people count as characters.

    A variant of a character (a base and its variation selector, as in many rare names), a letter
    with its marks and a joined emoji stay in one piece.
    """
    pieces: list[str] = []
    for character in text:
        if pieces and (_extends(character) or pieces[-1].endswith(_ZERO_WIDTH_JOINER)):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _extends(character: str) -> bool:
    # Variation selectors are marks too (category Mn), in both planes.
    return character == _ZERO_WIDTH_JOINER or unicodedata.category(character) in ("Mn", "Me", "Mc")
