"""What credit code promises, shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.credit_code import ALPHABET, InvalidCreditCode, check_character, parse_credit_code

heads = st.text(ALPHABET, min_size=2, max_size=2)
areas = st.text("0123456789", min_size=6, max_size=6)
organisations = st.text(ALPHABET, min_size=9, max_size=9)
codes = st.tuples(heads, areas, organisations).map("".join).map(lambda body: body + check_character(body))


@pytest.mark.parametrize("code", ["91330106673959654P", "91110000600037341L"])
def test_published_codes_are_read(code: str) -> None:
    assert parse_credit_code(code) == code


@given(codes)
def test_however_it_is_written(code: str) -> None:
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for written in (code, code.lower(), full_width, f" {code[:9]} {code[9:]}\n"):
        assert parse_credit_code(written) == code


def test_a_rural_collective_begins_with_a_letter() -> None:
    body = "N2510899MA0000001"
    assert parse_credit_code(body + check_character(body)).startswith("N2")


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(InvalidCreditCode):
        parse_credit_code(wrong)


@pytest.mark.parametrize(
    ("text", "reason", "data"),
    [
        ("", "empty", {}),
        ("9133010667395965", "short", {"by": 2}),
        ("91330106673959654PP", "long", {"by": 1}),
        ("9133O106673959654P", "bad_character", {"character": "O", "position": 5}),
        ("9133A106673959654P", "bad_character", {"character": "A", "position": 5}),
        ("9133010667395965ﬀP", "bad_character", {"character": "ﬀ", "position": 17}),
        ("91330106673959645P", "bad_check", {}),
    ],
)
def test_a_refusal_says_why(text: str, reason: str, data: dict[str, object]) -> None:
    with pytest.raises(InvalidCreditCode) as refused:
        parse_credit_code(text)
    assert (refused.value.reason, refused.value.data) == (reason, data)
