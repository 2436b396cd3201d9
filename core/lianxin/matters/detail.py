"""One matter whole: head, history, clocks, tasks, notes, what this person may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.access import visible
from lianxin.access.actor import Actor
from lianxin.declarations import SYSTEM, Loader, Refused, Transition
from lianxin.directory.areas import area_info
from lianxin.directory.people import PersonCard, cards_of, people_of
from lianxin.i18n import N_
from lianxin.matters.flow import all_flows
from lianxin.matters.info import MatterInfo, matter_info, no_matter
from lianxin.matters.models import Clock, Matter, Note, Step
from lianxin.matters.queries import next_step
from lianxin.matters.rights import check_transition
from lianxin.matters.tasks import TaskInfo, tasks_of
from lianxin.values.codes import parse_code
from lianxin.values.invalid import InvalidValue
from lianxin.values.masks import mask_name

KERNEL_STEPS = {
    "open": N_("Received"),
    "claim": N_("Taken in hand"),
    "release": N_("Given back to the queue"),
    "hand_over": N_("Handed over"),
    "remind": N_("The applicant asked how it stands"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of history: who did what. `who` is masked for the applicant; empty: the system."""

    title: str
    who: str
    for_whom: str
    at: datetime
    remark: str
    target: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock."""

    kind: str
    title: str
    due_at: datetime
    state: str
    provisional: bool
    late: bool


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note."""

    who: str
    text: str
    public: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class MatterDetail:
    """All that the shell draws around the plugin's middle."""

    matter: MatterInfo
    says: str
    area_name: str
    owner: str
    applicant: PersonCard | None
    steps: tuple[StepLine, ...]
    clocks: tuple[ClockLine, ...]
    tasks: tuple[TaskInfo, ...]
    notes: tuple[NoteLine, ...]
    buttons: tuple[Transition, ...]


async def find_visible(code: str, actor: Actor, *, flow: str | None = None) -> MatterInfo | None:
    """The matter under a code, if this person may see it."""
    try:
        clean = parse_code(code)
    except InvalidValue:
        return None
    chosen = Matter.filter(visible.visible_matters(actor, all_flows()), code=clean)
    chosen = chosen.filter(flow=flow) if flow else chosen.filter(flow__in=[each.name for each in all_flows()])
    row = await chosen.select_related("area").first()
    return matter_info(row) if row else None


async def get_visible(code: str, actor: Actor, *, flow: str | None = None) -> MatterInfo:
    """The same; Refused with 404 otherwise: what is absent and what is forbidden look alike."""
    matter = await find_visible(code, actor, flow=flow)
    if matter is None:
        raise no_matter()
    return matter


def matter_loader(flow: str | None = None) -> Loader:
    """The loader of a route's code: a matter (of one flow) that the visitor may see."""

    async def load(visit: Any, text: str) -> MatterInfo:
        return await get_visible(text, visit.actor, flow=flow)

    return Loader(load, says=N_("The code of a matter: 8 characters, with or without a space in the middle."))


def buttons(matter: MatterInfo, actor: Actor) -> tuple[Transition, ...]:
    """What this person may do now, the main one first."""
    found = [each for each in matter.flow.transitions if each.access is not SYSTEM and _may(matter, each, actor)]
    return tuple(sorted(found, key=lambda transition: not transition.primary))


async def offered(matter: MatterInfo, actor: Actor, now: datetime) -> tuple[Transition, ...]:
    """The same without what the flow withholds just now."""
    found, withheld = buttons(matter, actor), matter.flow.withheld
    names = await withheld(matter, actor, now) if withheld is not None and found else ()
    return tuple(each for each in found if each.name not in names)


def _may(matter: MatterInfo, transition: Transition, actor: Actor) -> bool:
    try:
        check_transition(matter, transition, actor)
    except Refused:
        return False
    return True


async def get_detail(matter: MatterInfo, actor: Actor, *, now: datetime) -> MatterDetail:
    """Everything about a matter that was loaded for this person; a fixed number of queries."""
    inside = _is_inside(matter, actor)
    row = await Matter.get(id=matter.id).select_related("area", "owner")
    steps = await Step.filter(matter_id=matter.id).order_by("-number")
    notes = await Note.filter(matter_id=matter.id, **({} if inside else {"public": True})).order_by("-at")
    names = await people_of(_ids(steps, notes))
    cards = await cards_of([matter.applicant_id]) if matter.applicant_id else {}
    owner = row.owner
    return MatterDetail(
        matter=matter,
        says=next_step(matter.flow, matter.state, matter.due_kind, matter.due_at, now),
        area_name=area_info(row.area).name,
        owner=mask_name(owner.name) if owner and owner.name else "",
        applicant=cards.get(matter.applicant_id) if matter.applicant_id else None,
        steps=tuple(_step_line(matter, step, names) for step in steps),
        clocks=await _clock_lines(matter, now),
        tasks=tuple(await tasks_of(matter.id)) if inside else (),
        notes=tuple(NoteLine(_name(note.author_id, names), note.text, note.public, note.at) for note in notes),
        buttons=await offered(matter, actor, now),
    )


def _is_inside(matter: MatterInfo, actor: Actor) -> bool:
    """Whether what colleagues write for each other is for her: never of her own application, staff or not."""
    if actor.system:
        return True
    return actor.staff and matter.applicant_id not in actor.person_ids


def _ids(steps: Iterable[Step], notes: Iterable[Note]) -> set[UUID]:
    seen = {step.actor_id for step in steps} | {step.on_behalf_of_id for step in steps}
    return {each for each in seen | {note.author_id for note in notes} if each is not None}


def _name(person_id: UUID | None, names: Any) -> str:
    person = names.get(person_id) if person_id else None
    return mask_name(person.name) if person and person.name else ""


def _step_line(matter: MatterInfo, step: Step, names: Any) -> StepLine:
    known = next((each for each in matter.flow.transitions if each.name == step.transition), None)
    title = known.done or known.title if known else KERNEL_STEPS.get(step.transition, step.transition)
    target = next((state for state in matter.flow.states if state.name == step.target), None)
    return StepLine(
        str(title),
        _name(step.actor_id, names),
        # Entered for somebody else by mistake: whom it is for now does not read for whom it was.
        _name(step.on_behalf_of_id if step.on_behalf_of_id == matter.applicant_id else None, names),
        step.at,
        step.remark,
        str(target.title) if target else step.target,
    )


async def _clock_lines(matter: MatterInfo, now: datetime) -> tuple[ClockLine, ...]:
    rows = await Clock.filter(matter_id=matter.id).order_by("started_at", "id")
    titles = matter.flow.clock_titles
    return tuple(
        ClockLine(
            row.kind,
            str(titles.get(row.kind, row.kind)),
            row.due_at,
            row.state,
            row.provisional,
            row.state == "running" and row.due_at < now,
        )
        for row in rows
    )
