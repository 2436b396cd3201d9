"""What phones promises, shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.phones import InvalidPhone, is_mobile, parse_phone, show_phone

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(mobiles)
def test_every_mobile_number_however_written(number: str) -> None:
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    for written in (
        number,
        f"+86{number}",
        f"+86 {number[:3]} {number[3:7]} {number[7:]}",
        f"0086-{number[:3]}-{number[3:]}",
        f"86{number}",
        full_width,
        f"＋８６ {full_width}\n",
    ):
        assert parse_phone(written) == f"+86{number}"
    assert is_mobile(f"+86{number}")
    assert parse_phone(show_phone(f"+86{number}")) == f"+86{number}"


@pytest.mark.parametrize(
    ("text", "stored", "shown", "mobile"),
    [
        ("13800001234", "+8613800001234", "138 0000 1234", True),
        ("0839-4201234", "+868394201234", "0839 420 1234", False),
        ("（0839）420 1234", "+868394201234", "0839 420 1234", False),
        ("+86 839 4201234", "+868394201234", "0839 420 1234", False),
        ("028-12345678", "+862812345678", "028 1234 5678", False),
        ("+44 20 7946 0958", "+442079460958", "+44 20 7946 0958", False),
        ("0044 7911 123456", "+447911123456", "+44 7911 123456", True),
    ],
)
def test_stored_and_shown(text: str, stored: str, shown: str, mobile: bool) -> None:
    assert parse_phone(text) == stored
    assert show_phone(stored) == shown
    assert is_mobile(stored) is mobile


@pytest.mark.parametrize(
    ("text", "reason", "data"),
    [
        ("", "empty", {}),
        (" -", "empty", {}),
        ("1380000123", "short", {"by": 1}),
        ("138", "short", {"by": 8}),
        ("138000012345", "long", {"by": 1}),
        ("+861380000123", "short", {"by": 1}),
        ("138+0001234", "bad_character", {"character": "+"}),
        ("1380000123O", "bad_character", {"character": "O"}),
        ("0839-4201234/5", "bad_character", {"character": "/"}),
        ("١٣٨٠٠٠٠١٢٣٤", "bad_character", {"character": "١"}),
        ("4201234", "unknown", {}),
        ("12345", "unknown", {}),
        ("+999123456789", "unknown", {}),
        ("+", "unknown", {}),
    ],
)
def test_a_refusal_says_why(text: str, reason: str, data: dict[str, object]) -> None:
    with pytest.raises(InvalidPhone) as refused:
        parse_phone(text)
    assert (refused.value.reason, refused.value.data) == (reason, data)


@given(st.text(max_size=20))
def test_anything_else_is_refused_or_stored_as_digits(text: str) -> None:
    try:
        stored = parse_phone(text)
    except InvalidPhone:
        return
    assert stored[0] == "+"
    assert stored[1:].isascii()
    assert stored[1:].isdigit()
