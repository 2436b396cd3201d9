"""The probe's hooks and handlers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from starlette.responses import Response

from lianxin.access.sessions import end_session, open_session
from lianxin.api import (
    PUBLIC,
    SIGNED_IN,
    FormView,
    Input,
    Loader,
    Refused,
    Route,
    See,
    Shown,
    Visit,
    action,
    api,
    feed,
    hookimpl,
    page,
    stream,
    unit_of_work,
)
from lianxin.bus import publish
from lianxin.directory.models import Person
from lianxin.web.answers import Topics

FORBIDDEN = "probe.secret.read"


class Words(BaseModel):
    """What is typed."""

    words: Annotated[str, Field(min_length=2, max_length=30), Input(label="Words")]
    note: Annotated[str, Field(max_length=200), Input(label="Note", kind="textarea")] = ""
    many: Annotated[int, Field(ge=1, le=60), Input(label="How many", kind="number")] = 1
    way: Annotated[Literal["a", "b"], Input(label="Way", kind="choice", choices=(("a", "A", ""), ("b", "B", "")))] = "a"
    days: Annotated[
        list[str],
        Input(label="Days", kind="ticks", choices=(("mon", "Mon", ""), ("tue", "Tue", ""), ("wed", "Wed", ""))),
    ] = []
    secret: Annotated[str, Input(label="Password", kind="password")] = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything kept, and the form."""

    template: ClassVar[str] = "probe/list.html"

    title: str
    names: tuple[str, ...]
    form: FormView


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """Its template is nowhere."""

    template: ClassVar[str] = "probe/nowhere.html"

    title: str = "Broken"


class Broken(Exception):
    """What a fault of ours looks like; it repeats what was typed, as faults do."""


async def show_list(visit: Visit) -> ListPage:
    """The newest words first."""
    names = await Person.all().order_by("-created_at", "-id").limit(20).values_list("name", flat=True)
    return ListPage("Probe", tuple(str(name) for name in names), visit.form(Words, visit.url("probe:keep")))


async def keep(visit: Visit, form: Words) -> See:
    """One row; some words are refused, some break."""
    if form.words == "taken":
        raise Refused("probe.taken", "Somebody was first.", field="words")
    if form.words == "whole form":
        raise Refused("probe.whole", "Not like this: 100% sure.", status=422)
    if form.words.startswith("boom"):
        raise Broken(f"could not keep {form.words!r}, {form.note} and {form.secret}")
    async with unit_of_work():
        person = await Person.create(name=form.words, created_at=visit.now)
        await publish("probe.kept", ids={"id": str(person.id)}, now=visit.now)
    return See(visit.url("probe:list", kept=person.id), "Kept.")


async def close(visit: Visit, form: Words) -> See:
    """Refuses before its unit of work what is there already, as "somebody was first" does."""
    if await Person.filter(name=form.words).exists():
        raise Refused("probe.closed", "That is closed already.")
    async with unit_of_work():
        await Person.create(name=form.words, created_at=visit.now)
    return See(visit.url("probe:list"), "Closed.")


async def refuse(visit: Visit) -> See:
    """No form, no page to show again."""
    raise Refused("probe.never", "Never.", status=422)


async def sign_in(visit: Visit) -> See:
    """A session for the person of the session, under a new token, as every way to sign in makes one."""
    old = visit.session
    opened = await open_session(
        visit.actor.person_id, method="phone", staff=False, now=visit.now, instead_of=old.id if old else None
    )
    visit.sign_in(opened.token, seconds=opened.seconds)
    return See("/")


async def sign_out(visit: Visit) -> See:
    """Ends the session."""
    await end_session(visit.session.id, now=visit.now)
    visit.sign_out()
    return See("/")


async def show_mine(visit: Visit) -> ListPage:
    """For people with a session."""
    return await show_list(visit)


async def break_page(visit: Visit) -> ListPage:
    """A fault of ours."""
    raise Broken(f"broke on {visit.query('q')}")


async def draw_nothing(visit: Visit) -> BrokenPage:
    """A page that can't be drawn."""
    return BrokenPage()


async def answer_nothing(visit: Visit) -> Any:
    """A handler that forgot to return."""
    return None


class Told(BaseModel):
    """What a machine is told."""

    q: str
    address: str


async def tell_machine(visit: Visit) -> Told:
    """For machines."""
    return Told(q=visit.query("q"), address=visit.address)


async def refuse_machine(visit: Visit) -> Told:
    """For machines, refused."""
    raise Refused("probe.never", "Never.", status=404)


async def tell_untruth(visit: Visit) -> dict[str, str]:
    """Not what the route declares."""
    return {"q": "", "address": ""}


async def make_thing(visit: Visit, form: Words) -> Shown:
    """Keeps somebody of that name, as the page's form does."""
    if form.words == "nobody":
        raise Refused("probe.nobody", "Nobody.", status=422, field="words")
    async with unit_of_work():
        await Person.create(name=form.words, created_at=visit.now)
    return Shown(Told(q=form.words, address=""), headers={"location": "/api/probe/"})


async def give_file(visit: Visit) -> Response:
    """A download."""
    return Response(b"%PDF-", media_type="application/pdf", headers={"content-disposition": "attachment"})


async def listen(visit: Visit) -> Topics:
    """Everything that is kept."""
    return Topics(("probe.kept",))


async def show_thing(visit: Visit, thing: str) -> Told:
    """Says which thing."""
    return Told(q=thing, address="")


async def _load_thing(visit: Visit, text: str) -> str:
    if text != "there" and not (len(text) <= 30 and await Person.filter(name=text).exists()):
        raise Refused("probe.no_thing", "There is no such thing.", status=404)
    return text


async def wait_long(visit: Visit) -> See:
    """A transaction that is under way when the browser leaves."""
    async with unit_of_work():
        await Person.create(name="never", created_at=visit.now)
        await asyncio.sleep(0.05)
        raise Refused("probe.never", "Never.")


@hookimpl
def routes() -> list[Route]:
    """All kinds of routes."""
    thing = Loader(_load_thing, scoped=False, because="a test")
    return [
        page("/", name="list", access=PUBLIC, handler=show_list),
        action("/keep", name="keep", access=PUBLIC, handler=keep, form=Words, again="list"),
        action("/close", name="close", access=PUBLIC, handler=close, form=Words, again="list"),
        action("/refuse", name="refuse", access=PUBLIC, handler=refuse),
        action("/sign-in", name="sign_in", access=PUBLIC, handler=sign_in),
        action("/sign-out", name="sign_out", access=SIGNED_IN, handler=sign_out),
        page("/mine", name="mine", access=SIGNED_IN, handler=show_mine),
        action("/mine/keep", name="mine_keep", access=SIGNED_IN, handler=keep, form=Words, again="mine"),
        page("/forbidden", name="forbidden", access=FORBIDDEN, handler=show_list),
        page("/broken", name="broken", access=PUBLIC, handler=break_page),
        page("/undrawn", name="undrawn", access=PUBLIC, handler=draw_nothing),
        page("/nothing", name="nothing", access=PUBLIC, handler=answer_nothing),
        page("/heavy", name="heavy", access=PUBLIC, handler=show_list, heavy=True),
        api("/", name="api", access=PUBLIC, handler=tell_machine, title="Told", answers=Told),
        api("/mine", name="api_mine", access=SIGNED_IN, handler=tell_machine, title="Told", answers=Told),
        api("/refused", name="api_refused", access=PUBLIC, handler=refuse_machine, title="Refused", answers=Told),
        api("/untrue", name="api_untrue", access=PUBLIC, handler=tell_untruth, title="Untrue", answers=Told),
        api("/made", name="api_made", access=PUBLIC, handler=make_thing, title="Made", answers=Told, takes=Words),
        api(
            "/things/{thing}",
            name="thing",
            access=PUBLIC,
            handler=show_thing,
            loads={"thing": thing},
            title="Thing",
            answers=Told,
        ),
        feed("/file", name="file", access=PUBLIC, handler=give_file),
        stream("/live", name="live", access=PUBLIC, handler=listen),
        stream("/live/mine", name="live_mine", access=SIGNED_IN, handler=listen),
        action("/wait", name="wait", access=PUBLIC, handler=wait_long),
    ]


@hookimpl
def permissions() -> list[Any]:
    """One that nobody holds from the start."""
    from lianxin.api import Permission

    return [Permission(FORBIDDEN, "Read the secret", ("supervisor",))]
