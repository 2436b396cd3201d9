"""What names promises, shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.names import LONGEST, InvalidName, clean_name


@pytest.mark.parametrize(
    "name",
    [
        "张小梅",
        "\U00020bb7田",
        "\U0002ebf0\U00030000",
        "葛\U000e0100",
        "买买提·吐尔逊",
        "王<b>",
        "José",
        "J. Smith",
        "张😀",
        "محمد",
        "می‌خواهم",
    ],
)
def test_kept_as_it_is(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张小梅\r\n", "张小梅"),
        ("　张　　小梅　", "张 小梅"),
        ("Ana\u00a0 Paz", "Ana Paz"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提 ‧ 吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("Jose\u0301", "José"),
        ("张\u200b小\ufeff梅", "张小梅"),
    ],
)
def test_tidied(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason", "data"),
    [
        ("", "empty", {}),
        (" 　\u200b", "empty", {}),
        ("张" * 31, "long", {"by": 1}),
        ("张\x00梅", "control_character", {"code": "U+0000"}),
        ("张\t梅", "control_character", {"code": "U+0009"}),
        ("张\x85梅", "control_character", {"code": "U+0085"}),
        ("张\ud842", "broken_character", {"code": "U+D842"}),
        ("张\u202e梅", "direction_mark", {"code": "U+202E"}),
        ("张\u2066梅", "direction_mark", {"code": "U+2066"}),
        ("张\u2028梅", "direction_mark", {"code": "U+2028"}),
    ],
)
def test_a_refusal_says_why(typed: str, reason: str, data: dict[str, object]) -> None:
    with pytest.raises(InvalidName) as refused:
        clean_name(typed)
    assert (refused.value.reason, refused.value.data) == (reason, data)


def test_thirty_rare_characters_fit() -> None:
    assert clean_name("\U00020bb7" * LONGEST) == "\U00020bb7" * LONGEST


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_cleaning_again_changes_nothing(typed: str) -> None:
    try:
        name = clean_name(typed)
    except InvalidName:
        return
    assert clean_name(name) == name
    assert 0 < len(name) <= LONGEST
    assert unicodedata.is_normalized("NFC", name)
    assert all(unicodedata.category(character) != "Cc" for character in name)
