"""What codes promises, shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.codes import ALPHABET, LENGTH, InvalidCode, check_character, new_code, parse_code, show_code

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
codes = bodies.map(lambda body: body + check_character(body))


def test_a_new_code_is_a_code() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(parse_code(code) == code for code in made)


def test_the_alphabet_is_the_house_s() -> None:
    assert ALPHABET == "0123456789ACDEFHJKMNPQRTUVWXY"
    assert len(ALPHABET) == 29


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_noticed(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(InvalidCode) as refused:
        parse_code(wrong)
    assert refused.value.reason == "bad_check"


@given(codes, st.integers(0, LENGTH - 2))
def test_every_two_swapped_neighbours_are_noticed(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong == code:
        return
    with pytest.raises(InvalidCode, match="bad_check"):
        parse_code(wrong)


@given(codes)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in code)
    look_alikes = code.translate(str.maketrans("018625", "OLBGZS"))
    for written in (
        show_code(code),
        f" {code.lower()}\n",
        f"{code[:4]}-{code[4:]}",
        f"{code[:4]} — {code[4:]}",
        full_width,
        f"{full_width[:4]}　{full_width[4:]}",
        look_alikes,
        code.replace("1", "I"),
    ):
        assert parse_code(written) == code


@pytest.mark.parametrize(
    ("text", "reason", "data"),
    [
        ("", "empty", {}),
        (" - ", "empty", {}),
        ("4Q8T31", "short", {"by": 2}),
        ("4Q8T31KD0", "long", {"by": 1}),
        ("4Q8T31K张", "bad_character", {"character": "张"}),
        ("4Q8T31Kß", "bad_character", {"character": "ß"}),
        ("4Q8T31K١", "bad_character", {"character": "١"}),
    ],
)
def test_a_refusal_says_why(text: str, reason: str, data: dict[str, object]) -> None:
    with pytest.raises(InvalidCode) as refused:
        parse_code(text)
    assert (refused.value.reason, refused.value.data) == (reason, data)


def test_shown_in_two_groups() -> None:
    assert show_code("4Q8T31KD") == "4Q8T 31KD"
