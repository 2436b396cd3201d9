"""What text promises, shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.text import InvalidText, clean_text, graphemes, half_width, plain_capitals

harmless = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


@given(harmless)
def test_everything_else_is_kept_as_typed(text: str) -> None:
    assert clean_text(text) == text
    assert clean_text(text, multiline=True) == text


@pytest.mark.parametrize("text", ["  王<b>  ", "👩‍👩‍👧", "שלום \u200f", "𠮷野家", "e\u0301", "a\u202eb", ""])
def test_strange_but_text(text: str) -> None:
    assert clean_text(text) == text


@given(st.characters(categories=["Cc", "Cs"]), harmless)
def test_control_characters_and_half_characters_are_refused(character: str, before: str) -> None:
    with pytest.raises(InvalidText) as refused:
        clean_text(before + character)
    broken = unicodedata.category(character) == "Cs"
    assert refused.value.reason == ("broken_character" if broken else "control_character")
    assert refused.value.data == {"position": len(before) + 1, "code": f"U+{ord(character):04X}"}


def test_lines_and_tabs_only_where_there_are_lines() -> None:
    assert clean_text("a\r\nb\rc\n\td", multiline=True) == "a\nb\nc\n\td"
    for text in ("a\nb", "a\tb"):
        with pytest.raises(InvalidText, match="control_character"):
            clean_text(text)
    with pytest.raises(InvalidText, match="U\\+000B"):
        clean_text("a\vb", multiline=True)


def test_half_width() -> None:
    assert half_width("ＡＢｃ１２３　（－）、张") == "ABc123 (-)、张"
    assert plain_capitals("ａbß ı") == "ABß ı"


@given(st.text())
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "count"), [("张小梅", 3), ("葛\U000e0100城", 2), ("𠮷", 1), ("e\u0301", 1), ("👩‍👩‍👧", 1), ("", 0)]
)
def test_graphemes_are_what_people_count(text: str, count: int) -> None:
    assert len(graphemes(text)) == count
