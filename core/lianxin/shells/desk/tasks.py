"""Child work: what is to be done, by when, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lianxin.api import (
    N_,
    FormView,
    Loader,
    PersonCard,
    Refused,
    See,
    TaskInfo,
    Visit,
    _,
    cards_of,
    find_task,
    finish_task,
    list_tasks,
)
from lianxin.shells.desk.forms import FinishForm

SAME_PERSON = "matters.same_person"
SHOWN = 100


@dataclass(frozen=True, slots=True)
class TasksPage:
    """Open tasks, the most urgent first."""

    template: ClassVar[str] = "desk/tasks.html"
    shell: ClassVar[str] = "desk"

    title: str
    tasks: list[TaskInfo]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task and the one question that ends it. `subject` is the person it is about, if it is about one."""

    template: ClassVar[str] = "desk/task.html"
    shell: ClassVar[str] = "desk"

    title: str
    task: TaskInfo
    matter_href: str
    subject: PersonCard | None
    subject_href: str
    form: FormView


async def _load(visit: Visit, text: str) -> TaskInfo:
    try:
        task = await find_task(UUID(text), visit.actor)
    except ValueError:
        task = None
    if task is None:
        text_shown = N_("This task is done already, or it is not yours.")
        raise Refused("desk.no_task", text_shown, status=404)
    return task


TASK = Loader(_load)


async def show_tasks(visit: Visit) -> TasksPage:
    """Those of this person's queues."""
    return TasksPage(_("Tasks"), await list_tasks(visit.actor, size=SHOWN))


async def count_tasks(visit: Visit) -> int:
    """The figure in the menu."""
    return len(await list_tasks(visit.actor, size=SHOWN))


async def show_task(visit: Visit, task: TaskInfo) -> TaskPage:
    """What it is about, and the question how it went."""
    cards = await cards_of([task.subject_id]) if task.subject_id else {}
    subject = cards.get(task.subject_id) if task.subject_id else None
    link = visit.url("desk:person", person=task.subject_id) if subject and visit.actor.may("desk.people.read") else ""
    return TaskPage(
        title=task.title,
        task=task,
        matter_href=visit.url("desk:matter", code=task.matter_code) if task.matter_code else "",
        subject=subject,
        subject_href=link,
        form=visit.form(FinishForm, visit.url("desk:finish", task=task.id)),
    )


async def finish(visit: Visit, form: FinishForm, task: TaskInfo) -> See:
    """Done; back to the matter it belongs to, else to the list."""
    await finish_task(task.id, form.outcome, by=visit.actor, now=visit.now)
    where = visit.url("desk:matter", code=task.matter_code) if task.matter_code else visit.url("desk:tasks")
    return See(where, _("Done: %(title)s", title=task.title))
