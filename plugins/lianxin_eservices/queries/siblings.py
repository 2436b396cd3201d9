"""What was applied for at once: the matters that one form became, each as far as who asks may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import (
    APPLICANT,
    Actor,
    MatterInfo,
    MatterRow,
    StateKind,
    all_flows,
    language_now,
    load_matter,
    next_step,
    visible_matters,
)
from lianxin_eservices.models import Case
from lianxin_eservices.queries.items import DEPARTMENTS, LIFE_EVENTS, item_of_version
from lianxin_eservices.rules.bundle import event_of


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another matter of the same form. Of what one may not see there is only the office."""

    office: str
    code: str = ""
    title: str = ""
    state: str = ""
    tag: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """The life event, and the other matters that came of it."""

    name: str
    rows: tuple[Sibling, ...]


async def matters_of(matter_id: UUID) -> list[UUID]:
    """The matters that were sent at once with this one, itself among them, in the order of the form."""
    case = await Case.get(matter_id=matter_id).select_related("part")
    rows = await Case.filter(part__draft_id=case.part.draft_id).order_by("part__place").values("matter_id")
    return [row["matter_id"] for row in rows]


async def seen_of(matter_ids: Collection[UUID], actor: Actor) -> set[UUID]:
    """Those among them that this person may see."""
    rows = await MatterRow.filter(visible_matters(actor, all_flows()), id__in=list(matter_ids)).values("id")
    return {row["id"] for row in rows}


async def together_of(matter: MatterInfo, actor: Actor, now: datetime) -> Together | None:
    """The others; None where there are none."""
    case = await Case.get(matter_id=matter.id).select_related("part__draft")
    draft = case.part.draft
    event = LIFE_EVENTS.get(event_of(draft.subject))
    rows = Case.filter(part__draft_id=draft.id).exclude(matter_id=matter.id).order_by("part__place")
    others = await rows if event is not None else []
    if event is None or not others:
        return None
    seen = await seen_of([other.matter_id for other in others], actor)
    return Together(
        event.title.in_language(language_now.get()),
        tuple([await _sibling(other, other.matter_id in seen, now) for other in others]),
    )


async def _sibling(case: Case, seen: bool, now: datetime) -> Sibling:
    item = await item_of_version(case.version_id)
    office = DEPARTMENTS[item.department].full_name.in_language(language_now.get())
    if not seen:
        return Sibling(office)
    matter = await load_matter(case.matter_id)
    says = "" if matter.closed_at else next_step(matter.flow, matter.state, matter.due_kind, matter.due_at, now)
    return Sibling(office, matter.code, matter.title, str(matter.state.title), matter.state.tag, says)


async def withdrawable_with(matter: MatterInfo, actor: Actor) -> list[MatterInfo]:
    """The other matters of the same form that this person could withdraw as well."""
    ids = [each for each in await matters_of(matter.id) if each != matter.id]
    seen = await seen_of(ids, actor) if ids else set()
    found = [await load_matter(each) for each in ids if each in seen]
    return [each for each in found if _may_withdraw(each)]


def _may_withdraw(matter: MatterInfo) -> bool:
    withdraw = next(each for each in matter.flow.transitions if each.name == "withdraw" and each.access is APPLICANT)
    return matter.state.kind is not StateKind.CLOSED and matter.state_name in withdraw.source
