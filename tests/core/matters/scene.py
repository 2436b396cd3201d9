"""A county of two places, two departments, a small flow, and everybody who may meet over one matter."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from lianxin.access.actor import SYSTEM_ACTOR, Actor, GrantHeld
from lianxin.data.unit import unit_of_work
from lianxin.declarations import (
    APPLICANT,
    SYSTEM,
    Flow,
    Limit,
    Pause,
    Permission,
    Resume,
    Start,
    State,
    StateKind,
    Stop,
    TaskKind,
    Transition,
)
from lianxin.directory.models import Area, Organisation, Person
from lianxin.matters.changing import Change
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Note
from lianxin.matters.opening import open_matter

PERMISSIONS = (
    Permission("test.read", "read", ("station_staff", "department_officer", "supervisor")),
    Permission("test.accept", "accept", ("station_staff",)),
    Permission("test.decide", "decide", ("department_officer",)),
    Permission("matters.hand_over", "hand over", ("supervisor",)),
)
BREAK = "the effect breaks after it has written"


async def _decide(change: Change) -> None:
    await change.open_task("test.visit", note="bring it")
    if change.data == BREAK:
        await Note.create(matter_id=change.matter.id, author_id=change.by.person_id, text="lost", at=change.now)
        raise RuntimeError(BREAK)


def _state(name: str, kind: StateKind = StateKind.OFFICE) -> State:
    return State(name, name.title(), kind, f"It is {name}, by %(due)s.|It is {name}.")


FLOW = Flow(
    name="test.case",
    version=1,
    title="Case",
    icon="doc",
    states=(
        _state("received"),
        _state("correcting", StateKind.APPLICANT),
        _state("handling"),
        _state("decided", StateKind.CLOSED),
        _state("withdrawn", StateKind.CLOSED),
    ),
    transitions=(
        Transition("ask_more", "Ask for more", ("received",), "correcting", "test.accept", clocks=(Pause("accept"),)),
        Transition("complete", "Complete", ("correcting",), "received", APPLICANT, clocks=(Resume("accept"),)),
        Transition(
            "accept",
            "Accept",
            ("received",),
            "handling",
            "test.accept",
            clocks=(Stop("accept"), Start("decide", Limit(10))),
            owner_role="department_officer",
            primary=True,
        ),
        Transition("decide", "Decide", ("handling",), "decided", "test.decide", clocks=(Stop("*"),), effect=_decide),
        Transition("withdraw", "Withdraw", ("received", "correcting"), "withdrawn", APPLICANT, clocks=(Stop("*"),)),
        Transition(
            "deem",
            "Deemed accepted",
            ("received",),
            "handling",
            SYSTEM,
            clocks=(Stop("accept"), Start("decide", Limit(10))),
        ),
    ),
    first="received",
    read="test.read",
    claim="test.read",
    owner_role="station_staff",
    tasks=(TaskKind("test.visit", "Visit", "grid_worker", Limit(3)),),
    overdue={"accept": "deem"},
)
ACCEPT_CLOCK = (Start("accept", Limit(5)),)


@dataclass
class Scene:
    """Who is there. Actors are made of people; `here` is Puziling, `there` its neighbour."""

    now: datetime
    here: Area
    there: Area
    ours: Organisation
    theirs: Organisation
    people: dict[str, Person]
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """One of those whom the rights are asked of."""
        return self.actors[name]

    async def matter(self, *, by: str = "helper", code_area: Area | None = None, **more: object) -> MatterInfo:
        """A fresh matter of the applicant, entered by her son."""
        values: dict[str, object] = {
            "title": "养老保险参保",
            "area_id": (code_area or self.here).id,
            "organisation_id": self.ours.id,
            "applicant_id": self.people["applicant"].id,
            "clocks": ACCEPT_CLOCK,
            **more,
        }
        matter, _ = await open_matter("test.case", by=self.actor(by), now=self.now, **values)  # type: ignore[arg-type]
        return matter


async def make_scene(now: datetime) -> Scene:
    """Writes the county."""
    async with unit_of_work():
        county = await _area("510821", "/510821/", None)
        here = await _area("510821107", "/510821/510821107/", county.id)
        there = await _area("510821108", "/510821/510821108/", county.id)
        ours = await _organisation("civil", county.id)
        theirs = await _organisation("health", county.id)
        names = ("applicant", "helper", "stranger", "clerk", "clerk_there", "officer", "officer_else", "supervisor")
        people = {name: await Person.create(name=f"王{name}", created_at=now) for name in names}
    scene = Scene(now, here, there, ours, theirs, people)
    scene.actors = _actors(scene, county)
    return scene


def _actors(scene: Scene, county: Area) -> dict[str, Actor]:
    ids = {name: person.id for name, person in scene.people.items()}
    clerk = staff(ids["clerk"], "station_staff", scene.here)
    return {
        **{name: Actor(person_id=ids[name]) for name in ("applicant", "helper", "stranger")},
        "clerk": clerk,
        "clerk_for_applicant": clerk.acting_for(ids["applicant"]),
        "clerk_by_phone": Actor(person_id=ids["clerk"], grants=clerk.grants),
        "clerk_there": staff(ids["clerk_there"], "station_staff", scene.there),
        "officer": staff(ids["officer"], "department_officer", county, scene.ours),
        "officer_else": staff(ids["officer_else"], "department_officer", county, scene.theirs),
        "supervisor": staff(ids["supervisor"], "supervisor", county),
        "applicant_at_desk": staff(ids["applicant"], "station_staff", scene.here),
        "system": SYSTEM_ACTOR,
    }


def staff(person_id: UUID, role: str, area: Area, organisation: Organisation | None = None) -> Actor:
    """Somebody in a session of a staff method."""
    grant = GrantHeld(role, area.id, area.path, organisation.id if organisation else None)
    return Actor(person_id=person_id, staff=True, grants=(grant,))


async def _area(code: str, path: str, parent_id: UUID | None) -> Area:
    return await Area.create(
        code=code,
        name_zh=code,
        name_en=code,
        kind="township",
        path=path,
        parent_id=parent_id,
        valid_from=date(2020, 1, 1),
    )


async def _organisation(code: str, area_id: UUID) -> Organisation:
    return await Organisation.create(code=code, name_zh=code, name_en=code, kind="department", area_id=area_id)


class _Statements(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements of the block, as they come."""
    logger, handler = logging.getLogger("tortoise.db_client"), _Statements()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler.told
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
