"""Clocks: whole days of pauses, running out exactly once, guesses counted again."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lianxin.calendar.actions import enter_year
from lianxin.calendar.models import CalendarDay, CalendarYear
from lianxin.calendar.rules import Calendar, working_days_between
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import Worker
from lianxin.declarations import Before, Refused
from lianxin.events import DURABLE_JOB, LISTENER_JOB, happened, use_listeners
from lianxin.i18n import DEFAULT_ZONE
from lianxin.matters.advancing import Advancing, advance
from lianxin.matters.clocks import due_of
from lianxin.matters.flow import use_flows
from lianxin.matters.info import load_matter
from lianxin.matters.models import Clock, Matter, Step
from lianxin.matters.sweeping import RECOUNT, recompute_provisional, sweep_clocks
from tests.core.matters.scene import FLOW, Scene

LONG_AFTER = timedelta(days=60)


def clock(limit: int, unit: str) -> Clock:
    """A clock begun on the morning of Tuesday 24 November 2026."""
    return Clock(kind="accept", started_at=datetime(2026, 11, 24, 2, tzinfo=UTC), limit_value=limit, limit_unit=unit)


@given(
    limit=some.integers(1, 60),
    gaps=some.lists(some.tuples(some.integers(1, 9), some.integers(0, 9)), max_size=5),
)
def test_a_pause_adds_its_days_and_nothing_else(limit: int, gaps: list[tuple[int, int]]):
    """Calendar days: the due day moves by exactly the days paused before it was over."""
    day, pauses, paused = date(2026, 11, 24), [], 0
    for run, stopped in gaps:
        first = day + timedelta(days=run)
        day = first + timedelta(days=stopped)
        if (first - date(2026, 11, 24)).days <= limit + paused:
            paused += stopped
        pauses.append([first.isoformat(), day.isoformat()])
    plain = due_of(clock(limit, "calendar_day"), [], Calendar()).at
    assert due_of(clock(limit, "calendar_day"), pauses, Calendar()).at == plain + timedelta(days=paused)


@given(limit=some.integers(1, 60), run=some.integers(1, 20), stopped=some.integers(0, 20))
def test_working_days_that_are_left_are_left_after_the_pause(limit: int, run: int, stopped: int):
    start = date(2026, 11, 24)
    first = start + timedelta(days=run)
    end = first + timedelta(days=stopped)
    due = due_of(clock(limit, "working_day"), [[first.isoformat(), end.isoformat()]], Calendar()).at
    last = due.astimezone(DEFAULT_ZONE).date() - timedelta(days=1)
    before = working_days_between(start, min(first - timedelta(days=1), last), Calendar())
    after = working_days_between(end - timedelta(days=1), last, Calendar()) if last >= end else 0
    assert before + after == limit


@pytest.mark.anyio
async def test_paused_while_the_applicant_has_the_next_move(scene: Scene):
    matter = await scene.matter()
    first = matter.due_at
    assert first is not None
    assert matter.due_kind == "accept"
    matter = await advance(matter, "ask_more", by=scene.actor("clerk"), now=scene.now + timedelta(days=1))
    assert matter.due_at is None
    assert await sweep_clocks(scene.now + LONG_AFTER) == 0
    matter = await advance(matter, "complete", by=scene.actor("applicant"), now=scene.now + timedelta(days=8))
    assert matter.due_at == first + timedelta(days=7)
    held = await Clock.get(matter_id=matter.id)
    assert (held.state, held.pauses) == ("running", [["2026-11-25", "2026-12-02"]])


@pytest.mark.anyio
async def test_run_out_it_moves_once_however_many_sweep(scene: Scene):
    matter = await scene.matter()
    assert matter.due_at is not None
    assert await sweep_clocks(matter.due_at - timedelta(seconds=1)) == 0
    made = await asyncio.gather(*(sweep_clocks(matter.due_at) for _ in range(5)))
    assert sorted(made) == [0, 0, 0, 0, 1]
    assert await sweep_clocks(matter.due_at) == 0
    steps = await Step.filter(matter_id=matter.id, transition="deem")
    assert [(step.actor_id, step.target) for step in steps] == [(None, "handling")]
    assert (await Clock.get(matter_id=matter.id, kind="accept")).fired_at == matter.due_at


@pytest.mark.anyio
async def test_a_clock_without_a_transition_is_only_late(scene: Scene):
    matter = await advance(await scene.matter(), "accept", by=scene.actor("clerk"), now=scene.now)
    assert await sweep_clocks(scene.now + LONG_AFTER) == 0
    after = await load_matter(matter.id)
    assert (after.state_name, after.due_at) == ("handling", matter.due_at)


@pytest.mark.anyio
async def test_one_that_breaks_stops_no_other_and_is_tried_again(scene: Scene):
    broken, sound = await scene.matter(), await scene.matter()
    faults = [RuntimeError("once")]

    async def listen(question: Advancing) -> None:
        if question.change.matter.id == broken.id and faults:
            raise faults.pop()

    use_listeners([("test", Before(Advancing, listen))])
    assert await sweep_clocks(scene.now + LONG_AFTER) == 1
    assert [(await load_matter(each.id)).state_name for each in (broken, sound)] == ["received", "handling"]
    assert await sweep_clocks(scene.now + LONG_AFTER) == 1
    assert (await load_matter(broken.id)).state_name == "handling"


@pytest.mark.anyio
async def test_a_no_stays_a_no(scene: Scene):
    matter, asked = await scene.matter(), []

    async def refuse(question: Advancing) -> None:
        asked.append(question)
        raise Refused("test.no", "no")

    use_listeners([("test", Before(Advancing, refuse))])
    assert [await sweep_clocks(scene.now + LONG_AFTER) for _ in range(3)] == [0, 0, 0]
    assert (len(asked), (await load_matter(matter.id)).state_name) == (1, "received")


@pytest.mark.anyio
async def test_sweep_and_clerk_at_once_leave_one_change(scene: Scene):
    matters = [await scene.matter() for _ in range(8)]
    late = scene.now + LONG_AFTER
    answers = await asyncio.gather(
        sweep_clocks(late),
        *(advance(matter, "accept", by=scene.actor("clerk"), now=late) for matter in matters),
        sweep_clocks(late),
        return_exceptions=True,
    )
    faults = [answer for answer in answers if isinstance(answer, Exception) and not isinstance(answer, Refused)]
    assert not faults
    for matter in matters:
        steps = await Step.filter(matter_id=matter.id, transition__in=["accept", "deem"])
        assert len(steps) == 1
        assert (await load_matter(matter.id)).state_name == "handling"


@pytest.mark.anyio
async def test_matters_of_a_plugin_that_is_off_rest(scene: Scene):
    matter = await scene.matter()
    use_flows([])
    assert await sweep_clocks(scene.now + LONG_AFTER) == 0
    use_flows([FLOW])
    assert await sweep_clocks(scene.now + LONG_AFTER) == 1
    assert (await Matter.get(id=matter.id)).state == "handling"


@pytest.mark.anyio
async def test_a_guess_is_counted_again_when_the_year_is_entered(scene: Scene):
    matter = await scene.matter()
    first = matter.due_at
    assert first is not None
    assert matter.due_provisional
    async with unit_of_work():
        await CalendarYear.create(year=2026, entered_at=scene.now)
        await CalendarDay.create(day=date(2026, 11, 26), working=False)
    assert await recompute_provisional(scene.now) == 1
    after = await load_matter(matter.id)
    # Five working days after Tuesday: to the next Tuesday, and with Thursday off to Wednesday.
    assert (after.due_at, after.due_provisional) == (first + timedelta(days=1), False)
    assert await recompute_provisional(scene.now) == 0


@pytest.mark.anyio
async def test_entering_a_year_is_heard(scene: Scene):
    use_listeners([("lianxin", RECOUNT)])
    matter = await scene.matter()
    async with unit_of_work():
        await happened(await enter_year(2026, [], now=scene.now), now=scene.now)
    assert (await load_matter(matter.id)).due_provisional
    assert await Worker({DURABLE_JOB: LISTENER_JOB}, lambda: scene.now).run_until_idle(scene.now) != 0
    assert not (await load_matter(matter.id)).due_provisional
