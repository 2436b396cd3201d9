"""What money promises, shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.money import InvalidMoney, parse_money, show_money


@given(st.integers(0, 10**14 - 1), st.sampled_from(["zh_Hans", "en"]))
def test_what_is_shown_is_read_back(fen: int, language: str) -> None:
    assert parse_money(show_money(fen, language)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.", 1200),
        ("0.05", 5),
        ("￥1,200", 120000),
        ("¥ 1200.00", 120000),
        ("１２．５０ 元", 1250),
        (" 3元 ", 300),
        ("007", 700),
    ],
)
def test_read(text: str, fen: int) -> None:
    assert parse_money(text) == fen


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("-5", "not_a_number"),
        ("12,5", "not_a_number"),
        ("1.2.3", "not_a_number"),
        (".5", "not_a_number"),
        ("三元", "not_a_number"),
        ("1e5", "not_a_number"),
        ("١٢", "not_a_number"),
        ("nan", "not_a_number"),
        ("1.005", "too_exact"),
        ("1000000000000", "too_large"),
    ],
)
def test_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidMoney) as refused:
        parse_money(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (0, "0 元", "¥0"),
        (1200, "12 元", "¥12"),
        (1250, "12.50 元", "¥12.50"),
        (2691550, "26,915.50 元", "¥26,915.50"),
        (-5, "-0.05 元", "-¥0.05"),
    ],
)
def test_shown(fen: int, chinese: str, english: str) -> None:
    assert show_money(fen, "zh_Hans") == chinese
    assert show_money(fen, "en") == english
