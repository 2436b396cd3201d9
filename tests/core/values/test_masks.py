"""What masks promises, shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.identity import make_id_number
from lianxin.values.masks import mask_id, mask_name, mask_phone
from lianxin.values.text import graphemes

RARE = "\U00020bb7"  # 𠮷, outside the basic plane
VARIANT = "葛\U000e0100"  # one character in two code points


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张小梅", "张*梅"),
        ("张梅", "张*"),
        ("张", "*"),
        ("", ""),
        ("欧阳小梅", "欧**梅"),
        ("买买提·吐尔逊", "买**·**逊"),
        ("阿·西", "阿·*"),
        (f"{RARE}小梅", f"{RARE}*梅"),
        (f"张{RARE}", "张*"),
        (f"张小{VARIANT}", f"张*{VARIANT}"),
        (f"{VARIANT}梅", f"{VARIANT}*"),
        (f"张{VARIANT}梅", "张*梅"),
        ("Ana Paz", "A** **z"),
    ],
)
def test_a_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(min_size=1, max_size=12))
def test_a_name_hides_the_middle_and_cuts_no_character(name: str) -> None:
    pieces, masked = graphemes(name), graphemes(mask_name(name))
    assert len(masked) == len(pieces)
    letters = [place for place, piece in enumerate(pieces) if piece != "·" and not piece[0].isspace()]
    assert all(masked[place] == "*" for place in letters[1:-1])
    assert all(shown in ("*", piece) for shown, piece in zip(masked, pieces, strict=True))


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+868394201234", "083****1234"),
        ("+442079460958", "+44******0958"),
        ("12345", "***45"),
        ("1", "1"),
    ],
)
def test_a_phone(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_an_id_number_shows_first_and_last_only() -> None:
    assert mask_id("510899194912310020") == "5***************0"


@given(st.dates(), st.integers(0, 999))
def test_an_id_number_never_shows_more(born: date, sequence: int) -> None:
    value = make_id_number(born, sequence).value
    assert mask_id(value).replace("*", "") == value[0] + value[-1]
