"""Lists of matters: the queue of an office, the matters of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access import visible
from lianxin.access.actor import Actor
from lianxin.data.paging import Page, decode_key, encode_key, page_size
from lianxin.data.prepared import count_rows
from lianxin.declarations import Flow, State
from lianxin.directory.models import Person
from lianxin.i18n import format_due, language
from lianxin.matters.flow import all_flows, find_flow
from lianxin.matters.models import Matter
from lianxin.values.codes import parse_code
from lianxin.values.invalid import InvalidValue
from lianxin.values.masks import mask_name

View = Literal["all", "mine", "unclaimed", "overdue", "elsewhere"]
MOST_COUNTED = 1_000
WATCHERS = frozenset({"supervisor", "system_admin"})
"""Roles that see a queue whole and own nothing in it."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the desk. `due_at` None: paused, or no clock."""

    id: UUID
    code: str
    title: str
    flow_title: str
    icon: str
    state: str
    tag: str
    due_at: datetime | None
    late: bool
    provisional: bool
    owner: str
    mine: bool
    applicant: str
    area: str
    reminders: int
    version: int
    state_name: str


@dataclass(frozen=True, slots=True)
class MineRow:
    """One of a person's own matters. `says` tells what happens next; `turn` that she has the next move."""

    id: UUID
    code: str
    title: str
    icon: str
    state: str
    tag: str
    says: str
    turn: bool
    closed: bool
    for_other: str
    changed_at: datetime
    state_name: str


def queue_condition(actor: Actor, view: View = "all", *, flow: str = "", text: str = "", now: datetime) -> Q:
    """Which matters stand in this person's queues. Her own applications never do.

    `text`: a code, a part of the title, or the applicant's whole name.
    """
    seen = visible.visible_matters(actor.at_the_desk(), all_flows())
    condition = _matching(text) & seen & Q(closed_at=None, flow__in=_on(flow))
    if actor.person_id is not None:
        condition &= ~Q(applicant_id__in=actor.person_ids) | Q(applicant_id=None)
    in_queue = Q(owner_role__in=sorted(actor.roles)) | Q(owner_id=actor.person_id)
    if view == "elsewhere":
        # Spelled out: "not (… or owner = her)" is null, not true, of what nobody owns.
        condition &= ~Q(owner_role__in=sorted(actor.roles)) & (Q(owner_id=None) | ~Q(owner_id=actor.person_id))
    elif not actor.roles & WATCHERS:
        condition &= in_queue
    if view == "mine":
        condition &= Q(owner_id=actor.person_id)
    elif view == "unclaimed":
        condition &= Q(owner_id=None)
    elif view == "overdue":
        condition &= Q(due_at__lt=now)
    return condition


def _matching(text: str) -> Q:
    wanted = text.strip()
    if not wanted:
        return Q()
    try:
        return Q(code=parse_code(wanted))
    except InvalidValue:
        named = Q(applicant__name=wanted) if Person.has_room("name", wanted) else Q(id__in=[])
        return Q(title__icontains=wanted) | Q(title_en__icontains=wanted) | named


def _on(flow: str) -> list[str]:
    names = [each.name for each in all_flows()]
    return [flow] if flow in names else names


async def list_queue(
    actor: Actor,
    *,
    view: View = "all",
    flow: str = "",
    text: str = "",
    after: str = "",
    size: int = 50,
    now: datetime,
) -> Page[QueueRow]:
    """The queue, overdue first, then by deadline; what has no running clock comes last. Two queries at most."""
    size = page_size(size)
    condition = queue_condition(actor, view, flow=flow, text=text, now=now)
    last = _last_shown(after)
    rows: list[Matter] = []
    if last is None or last[0] is not None:
        rows = await _dated(condition, last, size + 1)
    if len(rows) <= size:
        rows += await _undated(condition, last, size + 1 - len(rows))
    shown = [_queue_row(row, actor, now) for row in rows[:size]]
    return Page(shown, _next(rows, size))


def _last_shown(after: str) -> tuple[datetime | None, UUID] | None:
    """Deadline and id of the last row of the page before; None for a key that is none of ours."""
    key = decode_key(after, 2) if after else None
    try:
        return (datetime.fromisoformat(key[0]) if key[0] else None, UUID(key[1])) if key else None
    except ValueError:
        return None


async def _dated(condition: Q, last: tuple[datetime | None, UUID] | None, most: int) -> list[Matter]:
    chosen = Matter.filter(condition).filter(due_at__isnull=False)
    if last is not None:
        due, last_id = last
        chosen = chosen.filter(Q(due_at__gt=due) | Q(due_at=due, id__gt=last_id))
    return await chosen.order_by("due_at", "id").limit(most).select_related("owner", "applicant", "area")


async def _undated(condition: Q, last: tuple[datetime | None, UUID] | None, most: int) -> list[Matter]:
    chosen = Matter.filter(condition).filter(due_at=None)
    if last is not None and last[0] is None:
        chosen = chosen.filter(id__gt=last[1])
    return await chosen.order_by("id").limit(most).select_related("owner", "applicant", "area")


def _next(rows: Sequence[Matter], size: int) -> str | None:
    if len(rows) <= size:
        return None
    last = rows[size - 1]
    return encode_key([last.due_at.isoformat() if last.due_at else "", str(last.id)])


def _queue_row(row: Matter, actor: Actor, now: datetime) -> QueueRow:
    flow = find_flow(row.flow)
    assert flow is not None  # the condition asks only for flows that are on
    state = flow.state(row.state)
    owner, applicant = row.owner, row.applicant
    return QueueRow(
        id=row.id,
        code=row.code,
        title=title_of(row),
        flow_title=str(flow.title),
        icon=flow.icon,
        state=str(state.title),
        tag=state.tag,
        due_at=row.due_at,
        late=row.due_at is not None and row.due_at < now,
        provisional=row.due_provisional,
        owner=mask_name(owner.name) if owner and owner.name else "",
        mine=owner is not None and owner.id == actor.person_id,
        applicant=mask_name(applicant.name) if applicant and applicant.name else "",
        area=row.area.name_en if language.get() == "en" else row.area.name_zh,
        reminders=row.reminders,
        version=row.version,
        state_name=row.state,
    )


def title_of(row: Matter) -> str:
    """In the language of this moment."""
    return row.title_en if language.get() == "en" and row.title_en else row.title


async def count_some(condition: Q) -> int:
    """How many matters meet it, MOST_COUNTED at most: the database stops there."""
    return await count_rows(Matter.filter(condition).limit(MOST_COUNTED).values("version"))


async def list_mine(
    person_ids: Collection[UUID], *, flow: str = "", after: str = "", size: int = 20, now: datetime | None = None
) -> Page[MineRow]:
    """What a person applied for or entered for others as a resident, newest first. Several ids are one person's

    (`Actor.person_ids`, `same_person_ids`).
    """
    size = page_size(size)
    chosen = Matter.filter(Q(applicant_id__in=person_ids) | Q(made_by_id__in=person_ids), flow__in=_on(flow))
    key = decode_key(after, 1) if after else None
    if key is not None:
        try:
            chosen = chosen.filter(id__lt=UUID(key[0]))
        except ValueError:
            return Page(())
    rows = await chosen.order_by("-id").limit(size + 1).select_related("applicant")
    shown = [_mine_row(row, person_ids, now) for row in rows[:size]]
    return Page(shown, encode_key([str(rows[size - 1].id)]) if len(rows) > size else None)


def _mine_row(row: Matter, person_ids: Collection[UUID], now: datetime | None) -> MineRow:
    flow = find_flow(row.flow)
    assert flow is not None  # asked only for flows that are on
    state = flow.state(row.state)
    other = row.applicant if row.applicant and row.applicant.id not in person_ids else None
    return MineRow(
        id=row.id,
        code=row.code,
        title=title_of(row),
        icon=flow.icon,
        state=str(state.title),
        tag=state.tag,
        says=next_step(flow, state, row.due_kind, row.due_at, now),
        turn=state.kind.value == "applicant",
        closed=row.closed_at is not None,
        for_other=mask_name(other.name) if other and other.name else "",
        changed_at=row.changed_at,
        state_name=row.state,
    )


def next_step(flow: Flow, state: State, due_kind: str, due_at: datetime | None, now: datetime | None) -> str:
    """What happens next, by the state and by the clock that is the next to run out."""
    if due_kind not in flow.clock_says:
        return says(str(state.says), due_at, now)
    told = str(flow.clock_says[due_kind])
    return says(told, due_at, now) if told else says(str(state.says), None, now)


def says(text: str, due_at: datetime | None, now: datetime | None) -> str:
    """The sentence on what happens next, its date filled in; without a date the plain sentence before the bar.

    A sentence may have two forms: "Answer by %(due)s.|You will hear from us." The second is for when no clock runs.
    """
    dated, _, plain = text.partition("|")
    if "%(due)s" not in dated:
        return dated
    if due_at is None or now is None:
        return plain or dated.replace("%(due)s", "…")
    return dated % {"due": format_due(due_at, now)}
