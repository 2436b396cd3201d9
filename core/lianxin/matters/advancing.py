"""`advance`: the one door for a change of state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.access.actor import Actor
from lianxin.bus import publish
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Clocks, Limit, Pause, Refused, Restart, Resume, Start, StateKind, Stop, Transition
from lianxin.directory.people import find_person
from lianxin.events import ask, happened
from lianxin.i18n import N_, format_time
from lianxin.matters.changing import Change
from lianxin.matters.clocks import set_due
from lianxin.matters.info import MatterInfo, load_matter, no_matter
from lianxin.matters.models import Matter, Step
from lianxin.matters.rights import check_state, check_transition
from lianxin.values.masks import mask_name

CHANGED = "matter.changed"
"""The topic of the bus; ids: code, flow, state."""
TAKEN = "matters.taken"
"""The code of the refusal for who came second."""


@dataclass(frozen=True, slots=True)
class Advancing:
    """Asked inside the transaction, after the row was taken and before anything else: a listener may refuse."""

    change: Change


@dataclass(frozen=True, slots=True)
class Opening:
    """Asked inside the transaction when a matter has been opened: a listener may write beside it, or refuse."""

    change: Change


@dataclass(frozen=True, slots=True)
class Advanced:
    """A matter has moved on."""

    matter_id: UUID
    code: str
    flow: str
    transition: str
    source: str
    target: str


async def advance(
    matter: MatterInfo, name: str, *, by: Actor, now: datetime, data: Any = None, remark: str = ""
) -> MatterInfo:
    """Makes one transition, all or nothing, and answers the matter as it is then.

    The row is taken first, by its state and version: a second click or a rival stops there and is told who was first.
    Raises Refused.
    """
    transition = _transition(matter, name)
    async with unit_of_work():
        check_transition(matter, transition, by)
        await _take(matter, transition, by, now)
        change = Change(matter, transition, by, now, data, remark)
        await ask(Advancing(change))
        for need in transition.needs:
            await need(change)
        if transition.effect is not None:
            await transition.effect(change)
        await _step(change)
        await _clocks(change)
        await set_due(matter.id)
        after = await load_matter(matter.id)
        await _announce(change, after)
    return after


def _transition(matter: MatterInfo, name: str) -> Transition:
    try:
        return matter.flow.transition(name)
    except KeyError as unknown:
        raise no_matter() from unknown


async def _take(matter: MatterInfo, transition: Transition, by: Actor, now: datetime) -> None:
    target = transition.target or matter.state_name
    closed = matter.flow.state(target).kind is StateKind.CLOSED
    changes: dict[str, Any] = {"state": target, "version": matter.version + 1, "changed_at": now}
    changes["closed_at"] = (matter.closed_at or now) if closed else None
    if transition.owner_role is not None:
        changes |= {"owner_role": transition.owner_role, "owner_id": None}
    elif _takes_in_hand(transition) and matter.owner_id is None and by.person_id is not None:
        changes["owner_id"] = by.person_id
    taken = await Matter.filter(id=matter.id, state=matter.state_name, version=matter.version).update(**changes)
    if taken == 0:
        raise await was_first(matter.id)


def _takes_in_hand(transition: Transition) -> bool:
    return isinstance(transition.access, str) and not transition.any_hand


async def was_first(matter_id: UUID) -> Refused:
    """What the second one is told: who took it, and when."""
    step = await Step.filter(matter_id=matter_id).order_by("-number").first()
    if step is None or step.actor_id is None:
        return Refused(TAKEN, N_("This has just changed. Look at the page again."))
    return await taken_by(step.actor_id, step.at)


async def taken_by(person_id: UUID, at: datetime) -> Refused:
    """The refusal that names who was first, masked, and when."""
    person = await find_person(person_id)
    who = mask_name(person.name) if person and person.name else "…"
    text = N_("%(who)s was first, at %(when)s. Look at the page again.")
    return Refused(TAKEN, text, who=who, when=format_time(at))


async def add_step(
    matter: MatterInfo,
    transition: str,
    target: str,
    *,
    by: Actor,
    now: datetime,
    remark: str = "",
    data: dict[str, object] | None = None,
) -> None:
    """One line of history. Its number is the matter's new version, so two lines can't take one place."""
    await Step.create(
        matter_id=matter.id,
        number=matter.version + 1,
        transition=transition,
        source=matter.state_name,
        target=target,
        actor_id=by.person_id,
        on_behalf_of_id=by.on_behalf_of_id,
        at=now,
        remark=remark,
        data=data or None,
    )


async def _step(change: Change) -> None:
    target = change.transition.target or change.matter.state_name
    await add_step(
        change.matter,
        change.transition.name,
        target,
        by=change.by,
        now=change.now,
        remark=change.remark,
        data=change.step_data,
    )


async def _clocks(change: Change) -> None:
    for clock in change.transition.clocks:
        await _apply(change, clock)


async def _apply(change: Change, clock: Clocks) -> None:
    match clock:
        case Stop(kind):
            await change.stop_clocks(kind)
        case Pause(kind):
            await change.pause_clock(kind)
        case Resume(kind):
            await change.resume_clock(kind)
        case Start(kind, limit) | Restart(kind, limit):
            if isinstance(clock, Restart):
                await change.stop_clocks(kind)
            span = limit if isinstance(limit, Limit) else await limit(change)
            if span is not None:
                await change.start_clock(kind, span)


async def _announce(change: Change, after: MatterInfo) -> None:
    await publish_change(after, change.now)
    happening = Advanced(
        after.id, after.code, after.flow_name, change.transition.name, change.matter.state_name, after.state_name
    )
    await happened(happening, now=change.now)


async def publish_change(matter: MatterInfo, now: datetime) -> None:
    """Tells open pages that a matter has changed."""
    await publish(
        CHANGED,
        area_id=matter.area_id,
        organisation_id=matter.organisation_id,
        ids={"code": matter.code, "flow": matter.flow_name, "state": matter.state_name},
        now=now,
    )


async def advance_all(
    matter_ids: Iterable[UUID], name: str, *, by: Actor, now: datetime, data: Any = None
) -> dict[UUID, Refused | None]:
    """The same transition for many, each all or nothing by itself; answers which were refused and why."""
    answers: dict[UUID, Refused | None] = {}
    for matter_id in matter_ids:
        try:
            matter = await load_matter(matter_id)
            check_state(matter, _transition(matter, name))
            await advance(matter, name, by=by, now=now, data=data)
            answers[matter_id] = None
        except Refused as refused:
            answers[matter_id] = refused
    return answers
