"""A slip of typing still finds the service: slips made by rule from the 57 plain names, with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin_eservices import data
from lianxin_eservices.rules.catalogue import parse_catalogue
from lianxin_eservices.rules.search_index import SearchIndex
from lianxin_eservices.rules.search_keys import search_keys
from lianxin_eservices.rules.slips import one_slip_apart
from lianxin_eservices.rules.spelling import readings
from lianxin_eservices.rules.wording import squash

ITEMS = parse_catalogue(data.read("services"))
INDEX = SearchIndex([search_keys(item) for item in ITEMS])
COMMON = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
"""The first level of GB 2312: what everybody's keyboard offers first."""
LETTERS = st.text("abcdeghinouz", min_size=6, max_size=20)
Slip = Callable[[str, random.Random], str]


def sounds(text: str) -> list[str]:
    return list(next(readings(squash(text))))


def same_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for char in filter(None, COMMON):
        for reading in readings(char):
            found.setdefault("".join(reading), []).append(char)
    return found


HOMOPHONES = same_sound()


def homophone(name: str, chance: random.Random) -> str:
    text = squash(name)
    others = [[other for other in HOMOPHONES.get("".join(sounds(char)), ()) if other != char] for char in text]
    place = chance.choice([place for place, found in enumerate(others) if found])
    return text[:place] + chance.choice(others[place]) + text[place + 1 :]


def letter_dropped(name: str, chance: random.Random) -> str:
    typed = "".join(sounds(name))
    place = chance.randrange(1, len(typed))
    return typed[:place] + typed[place + 1 :]


def letters_swapped(name: str, chance: random.Random) -> str:
    typed = "".join(sounds(name))
    place = chance.choice([place for place in range(len(typed) - 1) if typed[place] != typed[place + 1]])
    return typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :]


def z_for_zh(name: str, _: random.Random) -> str:
    return "".join(
        sound[0] + (sound[2:] if sound[1:2] == "h" else f"h{sound[1:]}") if sound[0] in "zcs" else sound
        for sound in sounds(name)
    )


def n_for_l(name: str, _: random.Random) -> str:
    return "".join({"n": "l", "l": "n"}.get(sound[0], sound[0]) + sound[1:] for sound in sounds(name))


def en_for_eng(name: str, _: random.Random) -> str:
    return "".join(
        sound[:-1] if sound.endswith(("eng", "ing")) else f"{sound}g" if sound.endswith(("en", "in")) else sound
        for sound in sounds(name)
    )


SLIPS: tuple[Slip, ...] = (homophone, letter_dropped, letters_swapped, z_for_zh, n_for_l, en_for_eng)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.__name__)
def test_nine_of_ten_stand_in_the_first_three(slip: Slip) -> None:
    chance = random.Random(20261125)
    typed = {item.code: slip(item.plain_name.zh, chance) for item in ITEMS}
    right = {item.code: ("".join(sounds(item.plain_name.zh)), squash(item.plain_name.zh)) for item in ITEMS}
    slipped = {code: text for code, text in typed.items() if text not in right[code]}
    found = {code: [keys.code for keys in INDEX.search(text, most=3)] for code, text in slipped.items()}
    missed = [f"{slipped[code]} → {codes}" for code, codes in found.items() if code not in codes]
    assert len(slipped) > 20
    assert len(missed) <= len(slipped) / 10, "\n".join(missed)


@given(LETTERS, st.data())
def test_every_single_slip_is_one_apart(meant: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(meant) - 2))
    before, after = meant[:place], meant[place + 1 :]
    other = data.draw(st.sampled_from("abcdeghinouz"))
    for typed in (
        before + after,
        before + other + after,
        before + other + meant[place:],
        before + meant[place + 1] + meant[place] + meant[place + 2 :],
    ):
        assert one_slip_apart(typed, meant) == one_slip_apart(meant, typed) == (typed != meant)


@given(LETTERS, LETTERS)
def test_what_is_one_apart_is_so_by_the_book(one: str, other: str) -> None:
    assert one_slip_apart(one, other) == (distance(one, other) == 1)


@given(LETTERS, st.data())
def test_near_misses_too(meant: str, data: st.DataObject) -> None:
    typed = list(meant)
    for _ in range(2):
        typed[data.draw(st.integers(0, len(typed) - 1))] = data.draw(st.sampled_from("abz"))
    assert one_slip_apart("".join(typed), meant) == (distance("".join(typed), meant) == 1)


def distance(one: str, other: str) -> int:
    """Optimal string alignment, written out in full."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
