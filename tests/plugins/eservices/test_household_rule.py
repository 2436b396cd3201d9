"""Who counts as adult, and whose word is needed: for any household, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lianxin_eservices.rules.household import (
    MOST,
    Pair,
    Seat,
    Stage,
    age_on,
    asked_of,
    fault_of,
    needed,
    stage_on,
    waiting,
)

DAYS = some.dates(date(1900, 1, 1), date(2090, 12, 31))


@some.composite
def households(draw: some.DrawFn) -> tuple[Seat, ...]:
    """An applicant and up to eleven others; children looked after by any of them, or by nobody."""
    ids = [UUID(int=number) for number in range(1, draw(some.integers(1, MOST)) + 1)]
    stages = [draw(some.sampled_from(Stage)) for _ in ids]
    guardians = [draw(some.sampled_from([None, *ids])) for _ in ids]
    return tuple(
        Seat(one, stage, None if stage is Stage.ADULT else guardian)
        for one, stage, guardian in zip(ids, stages, guardians, strict=True)
    )


def words(seats: tuple[Seat, ...], givers: frozenset[UUID]) -> frozenset[Pair]:
    """All that these people are asked for, said."""
    return frozenset((member, giver) for giver in givers for member in asked_of(giver, seats))


@given(households(), some.data())
def test_nothing_can_be_sent_with_an_adult_who_has_not_agreed(seats: tuple[Seat, ...], data: some.DataObject):
    givers = data.draw(some.frozensets(some.sampled_from([seat.id for seat in seats])))
    silent = {seat.id for seat in seats if seat.stage is not Stage.CHILD} - givers
    if not waiting(seats, words(seats, givers)):
        assert not silent
        assert all(seat.stage is Stage.ADULT or seat.guardian in givers for seat in seats)
    for one in silent:
        assert (one, one) in waiting(seats, words(seats, givers))


@given(households(), some.data())
def test_the_word_of_one_changes_nobody_elses(seats: tuple[Seat, ...], data: some.DataObject):
    givers = data.draw(some.frozensets(some.sampled_from([seat.id for seat in seats])))
    one = data.draw(some.sampled_from([seat.id for seat in seats]))
    before, after = waiting(seats, words(seats, givers - {one})), waiting(seats, words(seats, givers | {one}))
    assert before - after == {(member, giver) for member, giver in needed(seats) if giver == one}
    assert after <= before


@given(households())
def test_a_household_without_fault_can_be_agreed_to_by_its_own_people(seats: tuple[Seat, ...]):
    everybody = frozenset(seat.id for seat in seats)
    if fault_of(seats) is None:
        assert not waiting(seats, words(seats, everybody))
        assert any(seat.stage is Stage.ADULT for seat in seats)
    adults = {seat.id for seat in seats if seat.stage is Stage.ADULT}
    fit = bool(adults) and all(seat.stage is Stage.ADULT or seat.guardian in adults for seat in seats)
    assert (fault_of(seats) is None) is fit


def test_more_than_twelve_come_to_the_desk():
    seats = tuple(Seat(UUID(int=number), Stage.ADULT) for number in range(1, MOST + 2))
    assert fault_of(seats) is not None
    assert fault_of(seats[1:]) is None


@given(DAYS, some.integers(0, 120))
def test_one_is_a_year_older_on_the_birthday_and_not_the_day_before(born: date, years: int):
    leap = (born.month, born.day) == (2, 29)
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:
        birthday = date(born.year + years, 3, 1)
    assert leap or (birthday.month, birthday.day) == (born.month, born.day)
    assert age_on(born, birthday) == years
    if years:
        assert age_on(born, birthday - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("born", "day", "stage"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), Stage.YOUTH),
        (date(2008, 2, 29), date(2026, 3, 1), Stage.ADULT),
        (date(2010, 2, 28), date(2028, 2, 28), Stage.ADULT),
        (date(2008, 11, 25), date(2026, 11, 24), Stage.YOUTH),
        (date(2008, 11, 25), date(2026, 11, 25), Stage.ADULT),
        (date(2012, 11, 25), date(2026, 11, 24), Stage.CHILD),
        (date(2012, 11, 25), date(2026, 11, 25), Stage.YOUTH),
        (None, date(2026, 11, 25), Stage.ADULT),
    ],
)
def test_the_day_on_which_one_becomes_fourteen_and_eighteen(born: date | None, day: date, stage: Stage):
    assert stage_on(born, day) is stage
