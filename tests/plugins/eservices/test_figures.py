"""Kept figures equal a recount from history, small numbers stay hidden, and nobody's data is in any of them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.api import MatterRow, unit_of_work, uuid7
from lianxin.testing.site import TestSite
from lianxin_eservices.actions.counting import count_all, count_lately, count_month
from lianxin_eservices.models import Figure, OfficeFigure
from lianxin_eservices.queries.figures import counted_of
from lianxin_eservices.queries.happenings import day_of
from lianxin_eservices.rules.figures import (
    HIDDEN,
    NOT_SAID,
    SMALL,
    Counted,
    Decided,
    Key,
    count,
    month_of,
    months_back,
    next_month,
    parse_month,
    share_within,
    shown_numbers,
)
from tests.plugins.eservices.living import lived

pytestmark = pytest.mark.anyio
MONTHS = st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(month_of)


@given(st.lists(st.integers(0, 60), min_size=1))
def test_a_median_and_a_ninetieth_are_what_sorting_gives(days: list[int]):
    counted = Counter(days)
    ordered = sorted(days)
    for share in (0.5, 0.9):
        found = share_within(counted, share)
        assert found is not None
        assert sum(day <= found for day in days) >= share * len(days)
        assert sum(day < found for day in days) < share * len(days)
    if len(days) > 20:
        assert abs((share_within(counted, 0.5) or 0) - quantiles(ordered, n=2)[0]) <= 60


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 2))), st.integers(0, 30))
def test_two_parts_added_are_the_whole(cases: list[tuple[int, bool, int]], cut: int):
    key = Key(date(2026, 11, 1), "x", uuid7())
    happened = [Decided(key, *case) for case in cases]
    whole = count(happened).get(key, Counted())
    parts = count(happened[:cut]).get(key, Counted())
    parts.add(count(happened[cut:]).get(key, Counted()))
    assert parts == whole


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_small_number_is_shown_nor_can_be_worked_out(numbers: list[int]):
    shown, total = shown_numbers(numbers)
    unsaid = [number for number, text in zip(numbers, shown, strict=True) if text in (HIDDEN, NOT_SAID)]
    for number, text in zip(numbers, shown, strict=True):
        assert text == str(number) or text in (HIDDEN, NOT_SAID)
        assert not (0 < number < SMALL) or text == HIDDEN
    if total != NOT_SAID and unsaid:
        assert len(unsaid) >= 2
        assert sum(unsaid) >= SMALL


def test_one_small_number_hides_another_and_all_large_ones_are_shown():
    assert shown_numbers([20, 3, 9]) == (["20", "<5", "—"], "32")
    assert shown_numbers([3]) == (["<5"], "—")
    assert shown_numbers([7, 0, 12]) == (["7", "0", "12"], "19")


@given(MONTHS)
def test_months_follow_each_other(month: date):
    assert months_back(next_month(month), 2) == [month, next_month(month)]
    assert (next_month(month) - timedelta(days=1)).month == month.month
    assert parse_month(f"{month:%Y-%m}") == month


@pytest.mark.parametrize("text", ["", "2026-13", "2026-1", "2026-11-01", "x" * 7, "٢٠٢٦-11"])
def test_what_is_no_month_is_none(text: str):
    assert parse_month(text) is None


async def _by_hand() -> dict[str, Counter[date]]:
    """The same from the history of each matter, another way: step by step, no join and no kept column."""
    found: dict[str, Counter[date]] = {name: Counter() for name in ("received", "decided", "call_backs", "rated")}
    for matter in await MatterRow.filter(flow="eservices.case").prefetch_related("steps", "ratings"):
        found["received"][month_of(day_of(matter.created_at))] += 1
        steps = [(step.transition, month_of(day_of(step.at))) for step in matter.steps]  # type: ignore[attr-defined]
        found["decided"].update([month for name, month in steps if name in ("approve", "reject")][-1:])
        found["call_backs"].update(month for name, month in steps if name == "follow_up")
        found["rated"].update(month_of(day_of(each.at)) for each in matter.ratings)  # type: ignore[attr-defined]
    return found


async def _kept() -> dict[str, Counter[date]]:
    found: dict[str, Counter[date]] = {name: Counter() for name in ("received", "decided", "call_backs", "rated")}
    for row in await Figure.all():
        for name in ("received", "decided", "call_backs"):
            found[name][row.month] += getattr(row, name)
        found["rated"][row.month] += sum(row.grades.values())
        assert sum(row.days.values()) == row.decided
    return {name: +counted for name, counted in found.items()}


async def test_kept_figures_equal_a_recount_from_history_and_a_night_changes_nothing(county: TestSite):
    await lived(county)
    await count_all(county.clock())
    kept = await _kept()
    assert kept == await _by_hand()
    assert sum(kept["received"].values()) >= 20
    rows = await Figure.all().order_by("month", "office", "item_id").values()
    await count_lately(county.clock())
    again = await Figure.all().order_by("month", "office", "item_id").values()
    for row in (*rows, *again):
        row.pop("id")
    assert again == rows


async def test_a_month_counted_anew_forgets_what_was_wrong(county: TestSite):
    await lived(county)
    now = county.clock()
    await count_all(now)
    right = await _kept()
    row = await Figure.all().order_by("-received").first()
    assert row is not None
    async with unit_of_work():
        await Figure.filter(id=row.id).update(received=999)
    assert await _kept() != right
    await count_month(row.month, now)
    assert await _kept() == right


@pytest.mark.parametrize(
    "change",
    [{"received": -1}, {"decided": 1, "on_time": 2}, {"corrections": -1}, {"call_backs": -1}, {"decided": -1}],
)
async def test_the_database_refuses_figures_that_cannot_be(county: TestSite, change: dict[str, Any]):
    with pytest.raises(Exception, match="eservices_figure"):
        await _figure(county, **change)


async def test_there_is_one_line_a_month_office_and_service(county: TestSite):
    await _figure(county)
    with pytest.raises(Exception, match="eservices_figure_one|UNIQUE"):
        await _figure(county)


async def _figure(county: TestSite, **change: Any) -> None:
    from lianxin_eservices.queries.items import get_published

    item = await get_published("ssc-apply")
    values: dict[str, Any] = {"month": date(2026, 11, 1), "office": "x", "item_id": item.id, "days": {}, "grades": {}}
    async with unit_of_work():
        await Figure.create(**values, **change, counted_at=county.clock())


async def test_an_office_s_line_is_the_sum_of_its_services(county: TestSite):
    await lived(county)
    await count_all(county.clock())
    summed: dict[Any, Counted] = {}
    for row in await Figure.all():
        summed.setdefault((row.month, row.office), Counted()).add(counted_of(row))
    assert {(row.month, row.office): counted_of(row) for row in await OfficeFigure.all()} == summed
    assert summed


@pytest.mark.parametrize(
    "change", [{}, {"received": -1}, {"decided": -1}, {"decided": 1, "on_time": 2}, {"corrections": -1}]
)
async def test_the_database_keeps_the_line_of_an_office_sound(county: TestSite, change: dict[str, int]):
    values: dict[str, Any] = {"month": date(2026, 11, 1), "office": "x", "days": {}, "grades": {}}
    async with unit_of_work():
        await OfficeFigure.create(**values, counted_at=county.clock())
    values |= {"office": "y"} if change else {}
    with pytest.raises(Exception, match="eservices_office_figure|UNIQUE"):
        async with unit_of_work():
            await OfficeFigure.create(**values, **change, counted_at=county.clock())
