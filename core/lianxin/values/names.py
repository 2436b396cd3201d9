"""Names of persons: rare characters, `·`, letters of any script."""

import re
import unicodedata
from typing import Final

from lianxin.values.invalid import InvalidValue
from lianxin.values.text import clean_text, code_point

LONGEST: Final = 30
MIDDLE_DOT: Final = "·"

# What keyboards offer in place of the middle dot; spaces around it are not part of the name.
_OTHER_DOTS: Final = re.compile(r"\s*[•‧・･∙⋅．·]\s*")
# A full stop stands for the dot only between two Chinese characters: "J. Smith" keeps it.
_STOP_BETWEEN: Final = re.compile(r"(?<=[^\x00-\u2e7f])\s*\.\s*(?=[^\x00-\u2e7f])")
_SPACES: Final = re.compile(r"\s+")
# Left behind by copying from chats and web pages; nobody types or sees them.
_INVISIBLE: Final = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_DIRECTION_MARKS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class InvalidName(InvalidValue):
    """Reasons: `empty`, `long` (by), and for characters that would disturb the page
    `control_character`, `broken_character`, `direction_mark` (each with code, as `U+202E`)."""


def clean_name(text: str) -> str:
    """A person's name as it is stored: NFC, trimmed, one space between words, `·` as its dot.

    At most 30 code points; characters outside the basic plane count one each.

    Raises:
        InvalidName: with the reason.
    """
    name = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip("\r\n\t ")
    _refuse_disturbing(name)
    name = _STOP_BETWEEN.sub(MIDDLE_DOT, _OTHER_DOTS.sub(MIDDLE_DOT, name))
    name = _SPACES.sub(" ", name).strip()
    if not name:
        raise InvalidName("empty")
    if len(name) > LONGEST:
        raise InvalidName("long", by=len(name) - LONGEST)
    return name


def _refuse_disturbing(name: str) -> None:
    try:
        clean_text(name)
    except InvalidValue as refused:
        raise InvalidName(refused.reason, code=refused.data["code"]) from None
    for character in name:
        if character in _DIRECTION_MARKS or character in "\u2028\u2029":
            raise InvalidName("direction_mark", code=code_point(character))
