"""The flows of the process, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianxin.data.unit import unit_of_work
from lianxin.declarations import SYSTEM, Flow, Pause, Resume, StateKind, Transition
from lianxin.matters.models import Matter

_flows: dict[str, Flow] = {}


def use_flows(flows: Iterable[Flow]) -> None:
    """Makes these the flows of the process. Raises ValueError with all that is wrong with them."""
    given = tuple(flows)
    faults = [fault for flow in given for fault in faults_of(flow)]
    if faults:
        raise ValueError("\n".join(faults))
    _flows.clear()
    _flows.update({flow.name: flow for flow in given})


def all_flows() -> tuple[Flow, ...]:
    """Every flow of the process."""
    return tuple(_flows.values())


def find_flow(name: str) -> Flow | None:
    """The flow, or None when its plugin is off."""
    return _flows.get(name)


def get_flow(name: str) -> Flow:
    """The flow. Raises KeyError when its plugin is off."""
    return _flows[name]


def faults_of(flow: Flow) -> list[str]:
    """What can't work in a flow, one sentence each; nothing for a sound one."""
    return [f"flow {flow.name}: {fault}" for fault in _faults(flow)]


def _faults(flow: Flow) -> Iterator[str]:
    states = [state.name for state in flow.states]
    yield from (f"the state {name!r} is declared twice" for name in {s for s in states if states.count(s) > 1})
    names = [transition.name for transition in flow.transitions]
    yield from (f"the transition {name!r} is declared twice" for name in {n for n in names if names.count(n) > 1})
    if flow.first not in states:
        yield f"it begins in {flow.first!r}, which is no state of it"
    for transition in flow.transitions:
        yield from _transition_faults(transition, set(states))
    yield from _reach_faults(flow)
    yield from _clock_faults(flow)
    yield from _rename_faults(flow, set(states))
    for kind, name in flow.overdue.items():
        found = next((each for each in flow.transitions if each.name == name), None)
        if found is None or found.access is not SYSTEM:
            yield f"when the clock {kind!r} runs out it makes {name!r}, which is no transition of the system"


def _transition_faults(transition: Transition, states: set[str]) -> Iterator[str]:
    used = {*transition.source, *([transition.target] if transition.target else [])}
    yield from (f"the transition {transition.name!r} names the state {name!r}" for name in sorted(used - states))
    if not transition.source:
        yield f"the transition {transition.name!r} begins nowhere"


def _reach_faults(flow: Flow) -> Iterator[str]:
    reached = {flow.first}
    while more := {
        t.target for t in flow.transitions if t.target and t.target not in reached and reached & set(t.source)
    }:
        reached |= more
    for state in flow.states:
        if state.name not in reached:
            yield f"nothing leads to the state {state.name!r}"
        leaves = any(state.name in t.source and t.target not in (None, state.name) for t in flow.transitions)
        if state.kind is not StateKind.CLOSED and not leaves:
            yield f"nothing leads out of the state {state.name!r}"


def _clock_faults(flow: Flow) -> Iterator[str]:
    """Clocks may also be started by who opens the matter or by an effect, so only what can never end is told."""
    used = [clock for transition in flow.transitions for clock in transition.clocks]
    paused = {clock.kind for clock in used if isinstance(clock, Pause)}
    resumed = {clock.kind for clock in used if isinstance(clock, Resume)}
    yield from (f"the clock {kind!r} is paused and never resumed" for kind in sorted(paused - resumed))
    yield from (f"the clock {kind!r} is resumed and never paused" for kind in sorted(resumed - paused))


def _rename_faults(flow: Flow, states: set[str]) -> Iterator[str]:
    for old, new in flow.renamed.items():
        if new not in states:
            yield f"the state {old!r} is renamed to {new!r}, which is no state of it"
        if old in states:
            yield f"the state {old!r} is renamed and still there"


async def unknown_states() -> list[str]:
    """Rows in states that no flow knows any more: a start with such rows is refused."""
    faults = []
    for flow in all_flows():
        known = [state.name for state in flow.states]
        rows = await Matter.filter(flow=flow.name).exclude(state__in=known).distinct().values_list("state", flat=True)
        faults += [f"flow {flow.name}: matters are in the state {state!r}, which it does not have" for state in rows]
    return faults


async def apply_renames() -> None:
    """States that a newer version of a flow calls otherwise."""
    async with unit_of_work():
        for flow in all_flows():
            for old, new in flow.renamed.items():
                await Matter.filter(flow=flow.name, state=old).update(state=new)
