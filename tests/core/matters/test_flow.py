"""Flows that can't work are told by name; rows of a flow that has changed are found and renamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lianxin.declarations import Flow, Pause, Resume, State, StateKind, Transition
from lianxin.matters.flow import apply_renames, faults_of, find_flow, get_flow, unknown_states, use_flows
from lianxin.matters.info import load_matter
from lianxin.matters.models import Matter
from tests.core.matters.scene import FLOW, Scene

ISLAND = State("island", "Island", StateKind.OFFICE, "")


def changed(name: str, **changes: object) -> Flow:
    """The flow with one transition changed."""
    return replace(
        FLOW,
        transitions=tuple(
            replace(each, **changes) if each.name == name else each  # type: ignore[arg-type]
            for each in FLOW.transitions
        ),
    )


FAULTS: tuple[tuple[str, Callable[[], Flow]], ...] = (
    ("the state 'received' is declared twice", lambda: replace(FLOW, states=(*FLOW.states, FLOW.states[0]))),
    (
        "the transition 'ask_more' is declared twice",
        lambda: replace(FLOW, transitions=(*FLOW.transitions, FLOW.transitions[0])),
    ),
    ("it begins in 'nowhere', which is no state of it", lambda: replace(FLOW, first="nowhere")),
    ("the transition 'deem' names the state 'nowhere'", lambda: changed("deem", target="nowhere")),
    ("the transition 'deem' begins nowhere", lambda: changed("deem", source=())),
    ("nothing leads to the state 'island'", lambda: replace(FLOW, states=(*FLOW.states, ISLAND))),
    ("nothing leads out of the state 'island'", lambda: replace(FLOW, states=(*FLOW.states, ISLAND))),
    (
        "when the clock 'accept' runs out it makes 'accept', which is no transition of the system",
        lambda: replace(FLOW, overdue={"accept": "accept"}),
    ),
    ("the clock 'decide' is paused and never resumed", lambda: changed("ask_more", clocks=(Pause("decide"),))),
    ("the clock 'decide' is resumed and never paused", lambda: changed("complete", clocks=(Resume("decide"),))),
    ("the state 'old' is renamed to 'gone', which is no state of it", lambda: replace(FLOW, renamed={"old": "gone"})),
    ("the state 'received' is renamed and still there", lambda: replace(FLOW, renamed={"received": "handling"})),
)


def test_a_sound_flow_has_no_faults():
    assert faults_of(FLOW) == []


@pytest.mark.parametrize(("sentence", "make"), FAULTS, ids=[sentence for sentence, _ in FAULTS])
def test_what_cannot_work_is_told(sentence: str, make: Callable[[], Flow]):
    assert f"flow test.case: {sentence}" in faults_of(make())


def test_a_faulty_flow_replaces_nothing():
    use_flows([FLOW])
    with pytest.raises(ValueError, match="begins in 'nowhere'"):
        use_flows([replace(FLOW, name="other", first="nowhere")])
    assert get_flow("test.case") is FLOW
    assert find_flow("other") is None
    use_flows([])
    with pytest.raises(KeyError):
        get_flow("test.case")


def renamed_flow() -> Flow:
    """The next version of the flow: what was received is now called waiting."""

    def name(state: str | None) -> str | None:
        return "waiting" if state == "received" else state

    def moved(transition: Transition) -> Transition:
        source = tuple(name(state) or "" for state in transition.source)
        return replace(transition, source=source, target=name(transition.target))

    states = tuple(replace(state, name=name(state.name) or "") for state in FLOW.states)
    return replace(FLOW, version=2, states=states, first="waiting", transitions=tuple(map(moved, FLOW.transitions)))


@pytest.mark.anyio
async def test_rows_in_states_unknown_are_told_until_they_are_renamed(scene: Scene):
    matter = await scene.matter()
    assert await unknown_states() == []
    use_flows([renamed_flow()])
    assert await unknown_states() == ["flow test.case: matters are in the state 'received', which it does not have"]
    use_flows([replace(renamed_flow(), renamed={"received": "waiting"})])
    await apply_renames()
    assert await unknown_states() == []
    assert (await load_matter(matter.id)).state_name == "waiting"
    assert await Matter.filter(state="received").count() == 0
