"""What identity promises, shown."""

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.values.identity import IdNumber, InvalidIdNumber, make_id_number, parse_id_number

TODAY = date(2026, 11, 24)
births = st.dates(date(1900, 1, 1), TODAY)
numbers = st.builds(make_id_number, births, st.integers(0, 999))


def test_the_standard_s_own_examples() -> None:
    # The two numbers printed in GB 11643-1999.
    woman = parse_id_number("11010519491231002X", TODAY)
    man = parse_id_number("440524188001010014", TODAY)
    assert (woman.birth_date, woman.is_female) == (date(1949, 12, 31), True)
    assert (man.birth_date, man.is_female) == (date(1880, 1, 1), False)


@given(births, st.integers(0, 999), st.sampled_from(["510899", "510821", "999999", "000000", "820000"]))
def test_a_made_number_is_read_back(born: date, sequence: int, area: str) -> None:
    number = make_id_number(born, sequence, area=area)
    assert parse_id_number(number.value, TODAY) == number
    assert number.birth_date == born
    assert number.is_female == (sequence % 2 == 0)
    assert number.value.startswith(area)


@given(numbers)
def test_written_in_other_ways(number: IdNumber) -> None:
    value = number.value
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in value)
    for written in (value.lower(), full_width, f" {value[:6]} {value[6:14]}-{value[14:]}\t", full_width.lower()):
        assert parse_id_number(written, TODAY) == number


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_noticed(number: IdNumber, place: int, digit: str) -> None:
    wrong = number.value[:place] + digit + number.value[place + 1 :]
    if wrong == number.value:
        return
    with pytest.raises(InvalidIdNumber):
        parse_id_number(wrong, TODAY)


@given(numbers, st.integers(0, 16))
def test_every_two_swapped_neighbours_are_noticed(number: IdNumber, place: int) -> None:
    value = number.value
    wrong = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    if wrong == value:
        return
    with pytest.raises(InvalidIdNumber):
        parse_id_number(wrong, TODAY)


@pytest.mark.parametrize(
    ("text", "reason", "data"),
    [
        ("", "empty", {}),
        ("  ", "empty", {}),
        ("11010519491231002", "short", {"by": 1}),
        ("1101054912310", "short", {"by": 5}),
        ("11010519491231002XX", "bad_character", {"character": "X", "position": 18}),
        ("1101051949123100021", "long", {"by": 1}),
        ("1101051949l231002X", "bad_character", {"character": "L", "position": 11}),
        ("11010519X91231002X", "bad_character", {"character": "X", "position": 9}),
        ("1101051949123100２②", "bad_character", {"character": "②", "position": 18}),
        ("张10105194912310021", "bad_character", {"character": "张", "position": 1}),
        ("110105194902300021", "bad_date", {}),
        ("110105194913010021", "bad_date", {}),
        ("110105000001010021", "bad_date", {}),
        ("110105119412310021", "bad_date", {}),
        ("110105202611250021", "future_date", {}),
        ("110105194912310021", "bad_check", {}),
    ],
)
def test_a_refusal_says_why(text: str, reason: str, data: dict[str, object]) -> None:
    with pytest.raises(InvalidIdNumber) as refused:
        parse_id_number(text, TODAY)
    assert (refused.value.reason, refused.value.data) == (reason, data)


def test_born_today_is_born() -> None:
    assert parse_id_number(make_id_number(TODAY, 1).value, TODAY).birth_date == TODAY


def test_a_refusal_does_not_tell_the_number() -> None:
    with pytest.raises(InvalidIdNumber) as refused:
        parse_id_number("110105194912310021", TODAY)
    assert "1949" not in f"{refused.value!s}{refused.value!r}"
    assert refused.value.__cause__ is None


@given(numbers)
def test_it_prints_masked(number: IdNumber) -> None:
    for shown in (str(number), repr(number), f"{number}", f"{number!r}", f"{[number]}"):
        assert number.value[1:17] not in shown
        assert number.value[6:14] not in shown


@pytest.mark.parametrize("sequence", [-1, 1000])
def test_a_sequence_has_three_digits(sequence: int) -> None:
    with pytest.raises(ValueError, match="sequence"):
        make_id_number(TODAY, sequence)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def process_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_a15_every_birthday_survives_every_process_zone(process_zone: str) -> None:
    offset = {"UTC": 0, "Asia/Shanghai": 8, "America/New_York": -5}[process_zone]
    assert time.localtime(0).tm_gmtoff == offset * 3600
    day, today = date(1920, 1, 1), date(2030, 12, 31)
    while day <= today:
        assert parse_id_number(make_id_number(day, 120).value, today).birth_date == day
        day += timedelta(days=1)
