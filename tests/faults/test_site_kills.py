"""A1 over HTTP: `lianxin serve` is killed while people send applications and withdraw them. Nothing told is lost.

Every third application is for two services at once: both cases are there, or neither.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import httpx2
import pytest

from lianxin.api import Actor, cards_of
from lianxin.data.connection import connection
from lianxin.matters.models import Clock, Matter, Step
from lianxin.operate.demo.fill import demo_people
from lianxin_eservices.actions import drafting
from lianxin_eservices.models import Case, Draft, DraftPart, GivenMaterial
from lianxin_eservices.queries.drafts import view_draft
from lianxin_eservices.queries.items import PublishedItem, list_published
from lianxin_eservices.queries.life import Wish
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, SELF, Answers
from tests.faults.real_site import Running, ended_after, free_port, serve, token_of
from tests.faults.site_fixtures import RealSite
from tests.faults.site_fixtures import processes_template as processes_template
from tests.faults.site_fixtures import real as real
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
EACH_ROUND = 8
BOUND = 900
Record = Callable[[str, object], None]


@dataclass
class Applicant:
    """Somebody with a draft that only has to be sent."""

    person: UUID
    draft: UUID
    token: str
    parts: int

    @property
    def withdraws(self) -> bool:
        """Every other one takes it back as soon as it is sent."""
        return bool(self.draft.int % 2)


@dataclass
class Told:
    """What the site has acknowledged."""

    sent: set[UUID] = field(default_factory=set)
    withdrawn: set[UUID] = field(default_factory=set)


async def ready_to_send(person: UUID, items: Sequence[PublishedItem]) -> Applicant:
    """Everything is answered, papers are brought to the desk."""
    now, by = datetime.now(UTC), Actor(person_id=person)
    wish = Wish("life:ageing", tuple(items), tuple(item.guide.code for item in items))
    draft_id = await drafting.begin(wish, person, by=by, channel="web", language="en", now=now)
    draft = await view_draft(await Draft.get(id=draft_id))
    keys = [key for part in draft.parts for key in part.rule.conditions.values()]
    answers = Answers(whom=SELF, phone="", conditions=dict.fromkeys(keys, False))
    await drafting.save_answers(draft, answers, "review", now=now)
    asked = (await view_draft(await Draft.get(id=draft_id))).asked
    await GivenMaterial.bulk_create(
        [
            GivenMaterial(draft_id=draft_id, code=each.key, state=AT_DESK, files=[], updated_at=now)
            for each in asked
            if each.step.startswith(PHOTOS)
        ]
    )
    return Applicant(person, draft_id, await token_of(person), len(items))


async def applicants(count: int) -> list[Applicant]:
    """Residents who have not applied for anything."""
    items = [
        each
        for each in await list_published()
        if each.online
        and each.guide.identity_level.value != "seen_by_desk"
        and not each.guide.questions
        and not each.guide.by_household
    ]
    busy = {row["person_id"] for row in await Draft.all().values("person_id")}
    seeds = [seed for seed in demo_people() if seed.number and seed.seen and seed.phone and seed.id not in busy]
    cards = await cards_of([seed.id for seed in seeds], masked=False)
    people = [seed.id for seed in seeds if seed.id in cards][:count]
    assert len(people) == count
    return [await ready_to_send(person, items[: 1 if number % 3 else 2]) for number, person in enumerate(people)]


async def live(running: Running, who: Applicant, told: Told) -> None:
    """Sends it, and withdraws every other one, until the site is gone."""
    async with running.browser(who.token) as browser:
        sent = await browser.post(f"/eservices/send/{who.draft}", data={})
        assert sent.status_code == 303, sent.text[:500]
        told.sent.add(who.draft)
        if who.withdraws:
            code = sent.headers["location"].rsplit("/", 1)[1]
            gone = await browser.post(f"/account/m/{code}/withdraw", data={"reason": "not now"})
            assert gone.status_code == 303, gone.text[:500]
            told.withdrawn.add(who.draft)


def _any_failed(living: Sequence[asyncio.Task[None]]) -> bool:
    """Then nobody waits for what will not come."""
    return any(each.done() and each.exception() is not None for each in living)


async def one_round(real: RealSite, port: int, some: list[Applicant], told: Told, chance: random.Random) -> None:
    """All at once, and in the middle of it SIGKILL."""
    running = await serve(real.config, port=port)
    try:
        living = [asyncio.create_task(live(running, each, told)) for each in some]
        todo = len(some) + sum(each.withdraws for each in some)
        # At the beginning of a round, or when nearly all is done.
        enough = len(told.sent) + len(told.withdrawn) + chance.choice([chance.randrange(todo), todo - 1])
        async with asyncio.timeout(BOUND):
            while len(told.sent) + len(told.withdrawn) < enough and not _any_failed(living):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        await asyncio.sleep(chance.uniform(0, 0.03))
    finally:
        await running.kill()
    for ended in await asyncio.gather(*living, return_exceptions=True):
        assert ended is None or isinstance(ended, httpx2.TransportError), ended


async def test_what_was_told_survives_every_kill(real: RealSite, record_property: Record) -> None:
    kills, told, chance = size(6, 20), Told(), random.Random(3)
    people = await applicants(kills * EACH_ROUND)
    before = await Matter.all().count()
    port = free_port()
    async with asyncio.timeout(BOUND):
        for number in range(kills):
            some = people[number * EACH_ROUND : (number + 1) * EACH_ROUND]
            await one_round(real, port, some, told, chance)
            await found_again(told)
        during = len(told.sent), len(told.withdrawn)
        # Who heard nothing sends once more: one application each, whether the first was done or not.
        last = await serve(real.config, port=port)
        async with ended_after(last):
            for each in people:
                async with last.browser(each.token) as browser:
                    again = await browser.post(f"/eservices/send/{each.draft}", data={})
                    assert again.status_code == 303, again.text
                    told.sent.add(each.draft)
    await found_again(told)
    assert await Matter.all().count() == before + sum(each.parts for each in people)
    await nothing_is_half_done()
    await integrity(real)
    record_property("kills", kills)
    record_property("acknowledged before a kill", f"{during[0]} sent, {during[1]} withdrawn")
    assert min(during) > 0


async def found_again(told: Told) -> None:
    """Everything acknowledged is in the database."""
    cases = Case.filter(part__draft_id__in=list(told.sent)).order_by("-part__place")
    rows = {row["part__draft_id"]: row["matter_id"] for row in await cases.values("part__draft_id", "matter_id")}
    assert set(rows) == told.sent
    states = {row["id"]: row["state"] for row in await Matter.all().values("id", "state")}
    assert {states[rows[draft]] for draft in told.withdrawn} <= {"withdrawn"}


async def nothing_is_half_done() -> None:
    """Each application has its cases, their first steps, their clocks; a withdrawn one has no clock that runs."""
    made = Counter(await Case.all().values_list("part__draft_id", flat=True))
    for draft_id, cases in made.items():
        assert await DraftPart.filter(draft_id=draft_id, chosen=True).count() == cases
    for matter in await Matter.filter(flow="eservices.case"):
        assert await Case.filter(matter_id=matter.id).count() == 1
        steps = [step.target for step in await Step.filter(matter_id=matter.id).order_by("number")]
        assert steps[-1] == matter.state
        assert steps.count("withdrawn") <= 1
        running = await Clock.filter(matter_id=matter.id, state="running").count()
        assert running == 0 if matter.state == "withdrawn" else running >= 1


async def integrity(real: RealSite) -> None:
    """The file is whole, and no key leads nowhere."""
    if real.config.database != "sqlite":
        assert await connection().execute_query_dict("SELECT 1 AS one") == [{"one": 1}]
        return
    with sqlite3.connect(real.config.sqlite_file) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()
