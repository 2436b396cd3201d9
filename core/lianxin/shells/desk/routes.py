"""Addresses of the desk."""

from __future__ import annotations

from lianxin.api import SIGNED_IN, Loader, Route, action, feed, matter_loader, page, stream
from lianxin.shells.desk import detail, files, finding, handling, hearing, identity, people, queue, several, tasks
from lianxin.shells.desk.access import CHANGE, PEOPLE, QUEUE, REVEAL
from lianxin.shells.desk.forms import FindForm, FinishForm, MergeForm, NewPersonForm, RevealForm, SeveralForm


async def _as_typed(_: object, text: str) -> str:
    return text


NAME = Loader(_as_typed, scoped=False, because="the name of a transition; the matter before it is guarded")
MATTER = {"code": matter_loader()}
PERSON = {"person": people.PERSON}
TASK = {"task": tasks.TASK}
BIG = 60_000_000
"""A form may carry photos."""

QUEUE_ROUTES = (
    page("/desk/", name="home", access=QUEUE, handler=queue.show_queue),
    page("/desk/arrived", name="arrived", access=QUEUE, handler=queue.show_arrived),
    stream("/desk/live", name="live", access=QUEUE, handler=hearing.listen),
    page("/desk/m/{code}", name="matter", access=QUEUE, handler=detail.show_matter, loads=MATTER),
    action("/desk/m/{code}", name="act", access=QUEUE, handler=handling.act, loads=MATTER, again="matter"),
    page(
        "/desk/m/{code}/{transition}",
        name="transition",
        access=QUEUE,
        handler=handling.show_transition,
        loads={**MATTER, "transition": NAME},
    ),
    action(
        "/desk/m/{code}/{transition}",
        name="make_transition",
        access=QUEUE,
        handler=handling.make_transition,
        loads={**MATTER, "transition": NAME},
        again="transition",
        limit_bytes=BIG,
    ),
    feed("/files/{file}", name="file", access=SIGNED_IN, handler=files.send_file, loads={"file": files.FILE}),
    page("/desk/several", name="several", access=QUEUE, handler=several.show_several),
    action(
        "/desk/several",
        name="do_several",
        access=QUEUE,
        handler=several.do_several,
        form=SeveralForm,
        again="several",
    ),
    page("/desk/tasks", name="tasks", access=QUEUE, handler=tasks.show_tasks),
    page("/desk/tasks/{task}", name="task", access=QUEUE, handler=tasks.show_task, loads=TASK),
    action(
        "/desk/tasks/{task}",
        name="finish",
        access=QUEUE,
        handler=tasks.finish,
        loads=TASK,
        form=FinishForm,
        again="task",
    ),
)

PEOPLE_ROUTES = (
    page("/desk/find", name="find", access=PEOPLE, handler=finding.show_find),
    action("/desk/find", name="search", access=PEOPLE, handler=finding.search, form=FindForm, again="find"),
    page("/desk/people/new", name="new_person", access=CHANGE, handler=people.show_new),
    action(
        "/desk/people/new", name="enter", access=CHANGE, handler=people.enter, form=NewPersonForm, again="new_person"
    ),
    page("/desk/people/{person}", name="person", access=PEOPLE, handler=people.show_person, loads=PERSON),
    page("/desk/people/{person}/number", name="number", access=REVEAL, handler=identity.ask_number, loads=PERSON),
    action(
        "/desk/people/{person}/number",
        name="reveal_number",
        access=REVEAL,
        handler=identity.reveal_number,
        loads=PERSON,
        form=RevealForm,
        again="number",
    ),
    page("/desk/people/{person}/phone", name="phone", access=REVEAL, handler=identity.ask_phone, loads=PERSON),
    action(
        "/desk/people/{person}/phone",
        name="reveal_phone",
        access=REVEAL,
        handler=identity.reveal_phone,
        loads=PERSON,
        form=RevealForm,
        again="phone",
    ),
    page("/desk/people/{person}/slip", name="slip", access=CHANGE, handler=identity.ask_slip, loads=PERSON),
    action("/desk/people/{person}/slip", name="make_slip", access=CHANGE, handler=identity.print_slip, loads=PERSON),
    page("/desk/people/{person}/merge", name="merge", access=CHANGE, handler=identity.show_merge, loads=PERSON),
    action(
        "/desk/people/{person}/merge",
        name="make_merge",
        access=CHANGE,
        handler=identity.make_merge,
        loads=PERSON,
        form=MergeForm,
        again="merge",
    ),
    action(
        "/desk/people/{person}/merge/undo",
        name="undo_merge",
        access=CHANGE,
        handler=identity.undo,
        loads=PERSON,
        form=MergeForm,
        again="merge",
    ),
)

ROUTES: tuple[Route, ...] = (*QUEUE_ROUTES, *PEOPLE_ROUTES)
