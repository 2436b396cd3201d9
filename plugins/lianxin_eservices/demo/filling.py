"""Some hundreds of applications: each sent and handled by the same actions as in life, at moments of the past."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import Actor, MatterInfo, PersonCard, advance, claim, unit_of_work
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.counting import count_all
from lianxin_eservices.actions.publishing import load_catalogue
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.demo.cast import Cast, find_cast, officer_of, years_of_birth
from lianxin_eservices.demo.households import live_together, some_family
from lianxin_eservices.demo.keeping import fill_keeping
from lianxin_eservices.demo.stories import ELSEWHERE_STORIES, PAPERS, STORIES, Move, Scene, Story
from lianxin_eservices.models import Draft, GivenMaterial
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.queries.items import PublishedItem, list_published
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, SELF, Answers, questions
from lianxin_eservices.rules.household import FULL_AGE
from lianxin_eservices.rules.item import DecisionLevel, IdentityLevel

SEED: Final = 510821
ELSEWHERE: Final = 90
DRAFTS: Final = 8
_POPULAR: Final = ("RS-001", "RS-008", "MZ-007", "YB-001", "MZ-004", "MZ-001", "YB-010", "MZ-010", "RS-003", "CL-007")


async def fill_demo(now: datetime) -> None:
    """The catalogue, an application for everybody in Puziling and for some elsewhere, and a few that were begun."""
    await load_catalogue(now=now)
    chance = random.Random(SEED)  # noqa: S311 (lifelike, not secret)
    cast = await find_cast(now)
    items = [item for item in await list_published() if item.online]
    people = [*cast.here, *cast.here[: len(cast.here) // 2], *cast.elsewhere[:ELSEWHERE]]
    born = await years_of_birth([person.id for person in people])
    for person in people:
        told = STORIES if person in cast.here else ELSEWHERE_STORIES
        story = chance.choices(told, [each.weight for each in told])[0]
        grown = now.year - born.get(person.id, 0) > FULL_AGE
        item = _item_for(person, story, [each for each in items if grown or not each.guide.by_household], chance)
        async with unit_of_work():
            await _live(person, item, story, cast, chance, now)
    for person in cast.elsewhere[ELSEWHERE : ELSEWHERE + DRAFTS]:
        await drafting.begin(
            chance.choice(items),
            person.id,
            by=Actor(person_id=person.id),
            channel="web",
            language="zh_Hans",
            now=now - timedelta(days=chance.uniform(0.1, 12)),
        )
    await fill_keeping(now)
    await count_all(now)


def _item_for(person: PersonCard, story: Story, items: Sequence[PublishedItem], chance: random.Random) -> PublishedItem:
    """One that this person may apply for, and that has what the story needs; the popular ones often."""
    may = [
        item
        for item in items
        if (person.seen_by_desk or item.guide.identity_level is not IdentityLevel.SEEN_BY_DESK)
        and _has(item, story.needs)
    ]
    often = [item for item in may if item.guide.code in _POPULAR]
    return chance.choice(often if often and chance.random() < 0.7 else may)


def _has(item: PublishedItem, needs: str) -> bool:
    if needs == PAPERS:
        return item.guide.papers_follow_within is not None
    return not needs or needs in item.guide.optional_states


async def _live(
    person: PersonCard, item: PublishedItem, story: Story, cast: Cast, chance: random.Random, now: datetime
) -> None:
    sent_at = _office_hours(now - timedelta(days=chance.uniform(*story.since)), now)
    desk = chance.choice(cast.station) if chance.random() < 0.3 or not person.phone else None
    by = desk or Actor(person_id=person.id)
    matter = await _apply(person, item, by, chance, sent_at)
    clerk, officer = chance.choice(cast.station), await _officer(cast, item)
    scene = Scene(item.guide, clerk, _another(cast, clerk), officer, cast.leader)
    at = sent_at
    for move in story.moves:
        # Nothing is ever done before what came first, even where office hours fold the day over.
        at = max(at, min(_office_hours(at + timedelta(days=move.after), now), now - timedelta(minutes=20)))
        matter = await _move(matter, move, scene, person, at)


def _another(cast: Cast, clerk: Actor) -> Actor:
    return next((each for each in cast.station if each.person_id != clerk.person_id), cast.township)


async def _officer(cast: Cast, item: PublishedItem) -> Actor:
    county = item.guide.decision_level is DecisionLevel.COUNTY
    return await officer_of(cast, item.department) if county else cast.township


async def _move(matter: MatterInfo, move: Move, scene: Scene, person: PersonCard, at: datetime) -> MatterInfo:
    if move.who == "claim":
        return await claim(matter, by=scene.station, now=at)
    actors = {
        "station": scene.station,
        "second": scene.second,
        "officer": scene.officer,
        "leader": scene.leader,
        "applicant": Actor(person_id=person.id),
        "system": Actor(system=True),
    }
    data = move.data(scene) if callable(move.data) else move.data
    return await advance(matter, move.name, by=actors[move.who], now=at, data=data)


async def _apply(person: PersonCard, item: PublishedItem, by: Actor, chance: random.Random, at: datetime) -> MatterInfo:
    """Answers everything and sends it."""
    channel = "desk_voice" if by.staff else "web"
    draft_id = await drafting.begin(item, person.id, by=by, channel=channel, language="zh_Hans", now=at)
    draft = await _read(draft_id)
    answers = Answers(whom="" if by.staff else SELF, phone="")
    for material in item.guide.conditional_materials:
        answers = answers.said(material.code, chance.random() < 0.3)
    asked = questions(item.guide, answers, draft.known)
    await GivenMaterial.bulk_create(
        [
            GivenMaterial(draft_id=draft_id, code=question.material.code, state=AT_DESK, files=[], updated_at=at)
            for question in asked
            if question.step.startswith(PHOTOS) and question.material is not None
        ]
    )
    await drafting.save_answers(draft, answers, "review", now=at)
    if draft.household is not None:
        await live_together(await _read(draft_id), some_family(chance), by=by, now=at)
    return await submit(await _read(draft_id), by=by, now=at)


async def _read(draft_id: UUID) -> DraftView:
    return await view_draft(await Draft.get(id=draft_id))


def _office_hours(at: datetime, now: datetime) -> datetime:
    """Between half past eight and five in the county (UTC+8), and never after now."""
    start = at.replace(hour=0, minute=30, second=0, microsecond=0)
    day_part = (at.hour * 60 + at.minute) % 510
    moved = start + timedelta(minutes=day_part)
    return moved if moved < now - timedelta(minutes=20) else min(at, now - timedelta(minutes=20))
