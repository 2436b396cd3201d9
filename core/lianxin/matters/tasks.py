"""Child work: somebody to do it and a day to do it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access.actor import Actor
from lianxin.calendar.rules import Calendar, deadline
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused, TaskKind
from lianxin.directory.areas import path_range
from lianxin.i18n import DEFAULT_ZONE, N_
from lianxin.matters.flow import all_flows
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Task

SAME_PERSON = "matters.same_person"
"""The kernel's own kind: two rows may be one human being, and the desk is asked to look."""
SAME_PERSON_TITLE = N_("Same person?")


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """One task as the desk shows it."""

    id: UUID
    kind: str
    title: str
    note: str
    matter_code: str
    matter_title: str
    subject_id: UUID | None
    assignee_id: UUID | None
    due_at: datetime | None
    created_at: datetime
    done_at: datetime | None
    outcome: str


def task_kinds() -> dict[str, TaskKind]:
    """All kinds that flows declare, by their full name."""
    return {kind.name: kind for flow in all_flows() for kind in flow.tasks}


async def open_task(
    matter: MatterInfo, kind: str, *, note: str, assignee_id: UUID | None, now: datetime, calendar: Calendar
) -> UUID:
    """Opens a task of a matter. Raises KeyError for a kind that its flow does not declare."""
    declared = next((each for each in matter.flow.tasks if each.name == kind), None)
    if declared is None:
        raise KeyError(f"flow {matter.flow_name} has no task {kind!r}")
    due = deadline(now, declared.limit.value, declared.limit.unit, calendar, DEFAULT_ZONE)
    row = await Task.create(
        matter_id=matter.id,
        kind=kind,
        note=note,
        role=declared.role,
        area_id=matter.area_id,
        organisation_id=matter.organisation_id if declared.role == "department_officer" else None,
        assignee_id=assignee_id,
        due_at=due.at,
        created_at=now,
    )
    return row.id


async def ask_same_person(subject_id: UUID, *, area_id: UUID, note: str, now: datetime) -> UUID:
    """Asks the desk of an area to look whether a person is there twice; once while it is open."""
    async with unit_of_work():
        known = await Task.filter(kind=SAME_PERSON, subject_id=subject_id, done_at=None).first()
        if known is not None:
            return known.id
        row = await Task.create(
            kind=SAME_PERSON, note=note, role="station_staff", area_id=area_id, subject_id=subject_id, created_at=now
        )
    return row.id


async def finish_task(task_id: UUID, outcome: str, *, by: Actor, now: datetime) -> None:
    """Done, with a word on how it went. Refused for who does not hold it, and for one that is done already."""
    async with unit_of_work():
        if not await Task.filter(_hers(by), id=task_id, done_at=None).exists():
            raise Refused("matters.no_task", N_("This task is done already, or it is not yours."))
        if not await Task.filter(id=task_id, done_at=None).update(
            done_at=now, done_by_id=by.person_id, outcome=outcome
        ):
            raise Refused("matters.no_task", N_("This task is done already, or it is not yours."))


def _hers(actor: Actor) -> Q:
    condition = Q(assignee_id=actor.person_id) if actor.person_id else Q(id__isnull=True)
    for grant in actor.grants if actor.staff else ():
        within = Q(role=grant.role)
        if grant.area_path is not None:
            low, high = path_range(grant.area_path)
            within &= Q(area__path__gte=low) & Q(area__path__lt=high)
        if grant.organisation_id is not None:
            within &= Q(organisation_id=grant.organisation_id) | Q(organisation_id=None)
        condition |= within
    return condition


async def list_tasks(actor: Actor, *, size: int = 50) -> list[TaskInfo]:
    """Open tasks of this person's queues, the most urgent first."""
    rows = (
        await Task.filter(_hers(actor), done_at=None)
        .order_by("due_at", "created_at")
        .limit(size)
        .select_related("matter")
    )
    return [task_info(row, row.matter.code, row.matter.title) if row.matter else task_info(row) for row in rows]


async def find_task(task_id: UUID, actor: Actor) -> TaskInfo | None:
    """An open task of this person's queues; None for one that is done, or another's."""
    row = await Task.filter(_hers(actor), id=task_id, done_at=None).select_related("matter").first()
    if row is None:
        return None
    return task_info(row, row.matter.code, row.matter.title) if row.matter else task_info(row)


async def tasks_of(matter_id: UUID) -> list[TaskInfo]:
    """All tasks of a matter, open ones first."""
    rows = await Task.filter(matter_id=matter_id).order_by("created_at")
    return sorted((task_info(row) for row in rows), key=lambda task: task.done_at is not None)


def task_info(row: Task, code: str = "", title: str = "") -> TaskInfo:
    """Of a row."""
    kind = task_kinds().get(row.kind)
    told = str(kind.title) if kind else str(SAME_PERSON_TITLE) if row.kind == SAME_PERSON else row.kind
    return TaskInfo(
        row.id,
        row.kind,
        told,
        row.note,
        code,
        title,
        row.subject_id,
        row.assignee_id,  # type: ignore[attr-defined]
        row.due_at,
        row.created_at,
        row.done_at,
        row.outcome,
    )
