"""What is shown of a name, a phone or an ID number where the whole is not needed."""

import unicodedata
from typing import Final

from lianxin.values.text import graphemes

STAR: Final = "*"


def mask_name(name: str) -> str:
    """张小梅 as `张*梅`, 张梅 as `张*`, 买买提·吐尔逊 as `买**·**逊`; spaces and dots stay.

    Counted in characters as people see them, so a rare character is never cut in two.
    """
    pieces = graphemes(name)
    letters = [place for place, piece in enumerate(pieces) if _is_letter(piece)]
    shown = {letters[0], letters[-1]} if len(letters) > 2 else set(letters[: len(letters) - 1])
    return "".join(STAR if place in letters and place not in shown else piece for place, piece in enumerate(pieces))


def _is_letter(piece: str) -> bool:
    return piece != "·" and unicodedata.category(piece[0]) != "Zs"


def mask_phone(phone: str) -> str:
    """`138****5678` for a mobile number, in E.164 or as dialled; of others the first three and last four."""
    number = "".join(character for character in phone if character in "+0123456789")
    if number.startswith("+86"):
        # A landline is dialled with a leading 0, a mobile number is not.
        number = number[3:] if number[3:4] == "1" else "0" + number[3:]
    if len(number) < 9:
        return STAR * max(len(number) - 2, 0) + number[-2:]
    return number[:3] + STAR * (len(number) - 7) + number[-4:]


def mask_id(id_number: str) -> str:
    """`5***************0`: first and last only, since the birthday is inside; always fifteen stars."""
    return f"{id_number[0]}{STAR * 15}{id_number[-1]}"
