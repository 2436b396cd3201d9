"""Who is next: two who go first, then one of the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as any_

from lianxin_counter.rules.numbers import median_wait, show_number, spoken_number
from lianxin_counter.rules.order import IN_A_ROW, Waiting, ahead_of, in_turn, next_one

START = datetime(2026, 11, 25, 1, tzinfo=UTC)
COUNTER, OTHER = uuid4(), uuid4()


def line(kinds: str) -> list[Waiting]:
    """One slip a letter, a minute apart."""
    return [Waiting(uuid4(), kind, START + timedelta(minutes=at), at) for at, kind in enumerate(kinds)]


def called(kinds: str, streak: int = 0) -> str:
    """In which order, by letter."""
    return "".join(slip.kind for slip in in_turn(line(kinds), streak))


def test_two_go_first_then_one_of_the_others() -> None:
    assert called("AAAPPPPP") == "PPAPPAPA"
    assert called("AAP", streak=IN_A_ROW) == "APA"
    assert called("AAA", streak=9) == "AAA"
    assert called("PPP", streak=9) == "PPP"
    assert called("") == ""


@given(any_.text("AP", max_size=40), any_.integers(0, 5))
def test_everybody_has_a_turn_and_nobody_is_passed_by_more_than_two(kinds: str, streak: int) -> None:
    waiting = line(kinds)
    turn = in_turn(waiting, streak)
    assert {slip.id for slip in turn} == {slip.id for slip in waiting}
    for kind in "AP":
        times = [slip.taken_at for slip in turn if slip.kind == kind]
        assert times == sorted(times)
    ordinary_left = kinds.count("A")
    run = min(streak, IN_A_ROW)
    for slip in turn:
        run = run + 1 if slip.kind == "P" else 0
        assert run <= IN_A_ROW or not ordinary_left
        ordinary_left -= slip.kind == "A"
    for place, slip in enumerate(turn):
        assert ahead_of(slip.id, waiting, streak) == place


def test_whom_a_colleague_sent_here_comes_first_and_is_called_nowhere_else() -> None:
    first, sent = line("PA")
    sent = Waiting(sent.id, sent.kind, sent.taken_at, sent.number, meant_for=COUNTER)
    assert next_one([first, sent], COUNTER, 0) == sent
    assert next_one([first, sent], OTHER, 0) == first
    assert next_one([sent], OTHER, 0) is None
    assert ahead_of(sent.id, [first, sent], 0) == 0


def test_numbers_are_read_by_eye_and_ear() -> None:
    assert show_number("A", 12) == "A012"
    assert show_number("P", 1234) == "P1234"
    assert spoken_number("A012") == "A 0 1 2"


def test_the_middle_of_the_waits() -> None:
    assert median_wait([]) is None
    waits = [(START, START + timedelta(minutes=minutes)) for minutes in (3, 90, 10)]
    assert median_wait(waits) == 10
