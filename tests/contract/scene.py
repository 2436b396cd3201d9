"""A county with five applications whose place, office and person are known: who may see which stands in rights.toml."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lianxin.access.models import Grant, Session
from lianxin.api import (
    Actor,
    GrantHeld,
    MatterInfo,
    PersonCard,
    Sealed,
    advance,
    attach_files,
    cards_of,
    claim,
    stage_upload,
)
from lianxin.data.jobs import enqueue
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Area
from lianxin.files import keep
from lianxin.matters.models import Matter, Task
from lianxin.operate.demo.fill import demo_people, demo_resident, fill_kernel
from lianxin.operate.demo.people import PersonSeed
from lianxin.operate.demo.staff import COMMUNITY, STAFF, TOWNSHIP
from lianxin.operate.staff import make_staff
from lianxin.settings import list_settings
from lianxin.testing.site import SiteClient, TestSite
from lianxin.values.codes import new_code
from lianxin_counter.actions.seating import add_counter
from lianxin_counter.actions.taking import Wanted, take
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.editing import begin_editing
from lianxin_eservices.actions.publishing import load_catalogue
from lianxin_eservices.demo import filling
from lianxin_eservices.demo.cast import Cast, find_cast
from lianxin_eservices.flow import RECTIFY
from lianxin_eservices.models import GivenMaterial, Item, ItemVersion, Posting
from lianxin_eservices.queries.items import PublishedItem, list_published
from lianxin_exchange.models import Hook
from tests.plugins.eservices.applying import photo

PLUGINS = ("counter", "eservices", "exchange", "mail")
TABLES = tuple((name, f"lianxin_{name}.models") for name in PLUGINS)
VISITORS = {
    "resident": "",
    **{seed.role: seed.login for seed in reversed(STAFF) if seed.login not in ("disabled", "labour", "health")},
}
"""The visitors of the table, and the account of each; `department_officer` is the one of civil affairs."""


@dataclass
class Planted:
    """One application with what hangs on it. Values are what stands in an address."""

    matter: UUID
    code: str
    person: UUID
    file: UUID
    task: UUID


@dataclass
class Scene:
    """The site, the applications by name, and other things that addresses name."""

    site: TestSite
    resident: UUID
    planted: dict[str, Planted] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    async def browser(self, visitor: str) -> SiteClient:
        """A new browser, with limits of its own, on which this visitor is signed in."""
        if visitor == "nobody":
            return self.site.client()
        if visitor == "resident":
            return await self.site.client_of(self.resident)
        account = next(seed for seed in STAFF if seed.login == VISITORS[visitor])
        return await self.site.client_of(account.person_id, staff=True)


async def fill_scene(site: TestSite) -> None:
    """The county with its people and its catalogue, before anything happens in it."""
    await fill_kernel(site.clock())
    await load_catalogue(now=site.clock())


async def set_scene(site: TestSite) -> Scene:
    """Plants the applications in a site that was filled."""
    now = site.clock()
    scene = Scene(site, demo_resident().id)
    cast = await find_cast(now)
    people = _people(now, scene.resident)
    items = [item for item in await list_published() if item.online]
    civil = [item for item in items if item.department == "civil_affairs"]
    county = _decided_by(civil, "county")
    await _plant(scene, cast, "mine", people["mine"], county, now)
    await _plant(scene, cast, "neighbour", people["neighbour"], county, now)
    await _plant(scene, cast, "township", people["township"], _decided_by(items, "township"), now)
    await _plant(scene, cast, "far", people["far"], county, now)
    health = _decided_by([item for item in items if item.department == "healthcare_security"], "county")
    await _plant(scene, cast, "far_health", people["far_health"], health, now)
    await _other_places(scene, people, next(item for item in items if item not in (county, health)), now)
    return scene


def _decided_by(items: list[PublishedItem], level: str) -> PublishedItem:
    return next(
        item
        for item in items
        if (item.guide.decision_level.value == "county") == (level == "county")
        and item.guide.identity_level.value != "seen_by_desk"
    )


def _people(now: datetime, resident: UUID) -> dict[str, PersonSeed]:
    """One for each application: two of Puziling beside the resident, two of other townships."""
    seeds = [seed for seed in demo_people() if seed.number and seed.seen]
    here = [seed for seed in seeds if seed.area == COMMUNITY and seed.id != resident]
    away = [seed for seed in seeds if not seed.area.startswith(TOWNSHIP)]
    mine = next(seed for seed in demo_people() if seed.id == resident)
    return {"mine": mine, "neighbour": here[0], "township": here[1], "far": away[0], "far_health": away[1]}


async def _plant(scene: Scene, cast: Cast, name: str, seed: PersonSeed, item: PublishedItem, now: datetime) -> None:
    """Sent by the applicant herself, accepted at the desk, and so with the office that decides it."""
    card: PersonCard = (await cards_of([seed.id], masked=False))[seed.id]
    async with unit_of_work():
        matter = await filling._apply(card, item, Actor(person_id=seed.id), random.Random(1), now - timedelta(hours=3))
    clerk = Actor(person_id=cast.station[0].person_id, name="x", staff=True, grants=(GrantHeld("station_staff"),))
    matter = await claim(matter, by=clerk, now=now - timedelta(hours=2))
    matter = await advance(matter, "accept", by=clerk, now=now - timedelta(hours=1))
    scene.planted[name] = await _hang(matter, seed.id, now)


async def _photo(owner: UUID, now: datetime) -> UUID:
    async def pieces() -> AsyncIterator[bytes]:
        yield photo()

    staged = await stage_upload(pieces(), "card.jpg", owner, now, field="photos")
    async with unit_of_work():
        await keep([staged.id], owner, now)
    return staged.id


async def _hang(matter: MatterInfo, person: UUID, now: datetime) -> Planted:
    """A photograph and an open task of the station."""
    file_id = await _photo(person, now)
    async with unit_of_work():
        await attach_files(matter.id, [file_id], "photos", by_id=None, now=now)
        row = await Matter.get(id=matter.id)
        task = await Task.create(
            matter_id=matter.id,
            kind=RECTIFY,
            role="station_staff",
            area_id=row.area_id,  # type: ignore[attr-defined]
            created_at=now,
        )
        # Nobody has it in hand, as the queue shows it.
        await Matter.filter(id=matter.id).update(owner_id=None)
    return Planted(matter.id, matter.code, person, file_id, task.id)


async def _other_places(scene: Scene, people: dict[str, PersonSeed], item: PublishedItem, now: datetime) -> None:
    async with unit_of_work():
        await enqueue("audit.seal", {}, due_at=now)
        await Job.all().update(state="dead")
        spare = await make_staff("spare", "谭明", "a long enough phrase", must_change=False, now=now)
        grant = await Grant.create(person_id=spare, role="supervisor", valid_from=now, created_at=now)
    dead = await Job.filter(state="dead").first()
    village = await Area.filter(kind="village").order_by("code").first()
    assert dead
    assert village
    mine = await drafting.begin(
        item, scene.resident, by=Actor(person_id=scene.resident), channel="web", language="zh_Hans", now=now
    )
    other = people["neighbour"].id
    theirs = await drafting.begin(item, other, by=Actor(person_id=other), channel="web", language="zh_Hans", now=now)
    photo_id = await _photo(scene.resident, now)
    await GivenMaterial.create(draft_id=mine, code="card", state="given", files=[str(photo_id)], updated_at=now)
    await scene.site.client_of(scene.resident)
    await scene.site.client_of(other)
    sessions = {who: await Session.filter(person_id=who).first() for who in (scene.resident, other)}
    scene.places = {
        "job": str(dead.id),
        "grant": str(grant.id),
        "account": str(spare),
        "area": village.code,
        "item": item.slug,
        "setting": next(each.field.name for each in await list_settings("eservices", None)),
        "step": "review",
        **{name: str(uuid4()) for name in NOT_THERE},
        "posting": str(await _posting(scene, now)),
        "photo:step": "photos-card",
        "photo:file": str(photo_id),
        "draft:mine": str(mine),
        "draft:neighbour": str(theirs),
        **await _service(now) | await _number(now) | await _exchange(now),
        "session:mine": str(getattr(sessions[scene.resident], "id", "")),
        "session:neighbour": str(getattr(sessions[other], "id", "")),
    }


async def _exchange(now: datetime) -> dict[str, str]:
    """A system that is told of nothing; the rest is absent."""
    url = "https://system.example/"
    hook = await Hook.create(name="x", url=url, secret=Sealed(b"x"), events=[], made_by_id=uuid4(), created_at=now)
    return {"hook": str(hook.id)} | {place: str(uuid4()) for place in ("token", "delivery", "handing")}


NOT_THERE = ("leave", "asked", "taken", "draft", "member", "mine", "seat", "said", "shown", "boxed", "paper")
"""Places of what is between people: in the scene nobody has any."""


async def _service(now: datetime) -> dict[str, str]:
    """A service that somebody is changing, and a life event."""
    row = await Item.get(code="RS-001")
    editor = next(seed.person_id for seed in STAFF if seed.role == "catalogue_editor")
    await begin_editing(row.id, by=Actor(person_id=editor), now=now)
    lists = {f"eservices:{name}:subject": "papers" for name in ("edit_entry", "save_entry", "move")}
    trial = {f"eservices:{name}:step": "whom" for name in ("trial", "try_answer")}
    return {**lists, **trial, "service": "RS-001", "subject": "names", "place": "0", "number": "1", "event": "ageing"}


async def _number(now: datetime) -> dict[str, str]:
    """A number of Puziling, which has a counter; three pages name it by its code, the desk's by its id."""
    station = await Area.get(code=COMMUNITY, valid_to=None)
    clerk = next(seed.person_id for seed in STAFF if seed.role == "station_staff")
    await add_counter(station.id, by=Actor(person_id=clerk), now=now)
    slip = await take(station.id, Wanted(), day=now.date(), now=now)
    by_code = {f"counter:{name}:slip": slip.code for name in ("taken", "follow", "leave")}
    return {"slip": str(slip.id), **by_code}


async def _posting(scene: Scene, now: datetime) -> UUID:
    """The resident's application, posted for a week."""
    mine = await Matter.get(id=scene.planted["mine"].matter)
    version = await ItemVersion.first()
    assert version
    async with unit_of_work():
        row = await Posting.create(
            matter_id=mine.id,
            area_id=mine.area_id,  # type: ignore[attr-defined]
            version_id=version.id,
            shown={"name": "何桂芳"},
            posted_at=now,
            ends_at=now + timedelta(days=7),
        )
    return row.id


def absent(place: str) -> str:
    """Well formed, and nothing is there."""
    return new_code() if place in ("code", "matter") else str(uuid4())
