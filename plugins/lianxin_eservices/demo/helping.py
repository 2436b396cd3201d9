"""Families and grid workers who act for somebody, and people who asked to be called: by the same actions as in life."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import Actor, PersonCard, advance, list_grants, unit_of_work
from lianxin_eservices.actions import authorising, calling, drafting
from lianxin_eservices.actions.authorising import Wanted
from lianxin_eservices.actions.putting_aside import put_aside
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.demo.cast import find_cast
from lianxin_eservices.forms_acting import CalledForm
from lianxin_eservices.models import Draft, GivenMaterial
from lianxin_eservices.queries.authorisations import leave_by_id
from lianxin_eservices.queries.drafts import view_draft
from lianxin_eservices.queries.items import PublishedItem, list_published
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, Answers, questions
from lianxin_eservices.rules.item import IdentityLevel

PAIRS: Final = 8
ASIDE: Final = 2
CALLS: Final = ("whom", "photos-ID", "area", "phone")
SAID: Final = "告诉她户口簿拍首页和本人那一页，她说明白了"


async def fill_helping(now: datetime) -> None:
    """Eight who may act for a neighbour or a grandmother, two who go on later with a slip, four who wait for a call."""
    cast = await find_cast(now)
    shared = Counter(card.phone for card in cast.here)
    # First those whose telephone the whole family uses: for them somebody acts.
    here = sorted(
        (card for card in cast.here if card.phone),
        key=lambda card: not (card.seen_by_desk and shared[card.phone] > 1),
    )
    items = [item for item in await list_published() if _fits(item)]
    worker = next(iter(await list_grants(now, role="grid_worker")), None)
    for number in range(min(PAIRS, len(here) // 2)):
        person, proxy = here[number], here[-1 - number].id
        by_worker = worker is not None and number % 3 == 2
        relationship = "grid_worker" if by_worker else ("family", "neighbour")[number % 2]
        helper = worker.person_id if worker is not None and by_worker else proxy
        at = now - timedelta(days=9 - number, hours=2)
        async with unit_of_work():
            await _help(person, helper, relationship, items[number % len(items)], number, at)
    for number in range(ASIDE):
        await _put_aside(here[PAIRS + number], items[number], cast.station[0], now - timedelta(days=2 + number))
    for number, step in enumerate((*CALLS, "review")):
        await _call(
            here[PAIRS + number].id, items[number % len(items)], step, cast.station[0], now, done=step == "review"
        )


async def _put_aside(person: PersonCard, item: PublishedItem, clerk: Actor, at: datetime) -> None:
    """Begun at the desk, and a paper is missing: put aside with a slip."""
    draft_id = await drafting.begin(item, person.id, by=clerk, channel="desk_voice", language="zh_Hans", now=at)
    await put_aside(await view_draft(await Draft.get(id=draft_id)), by=clerk, now=at)


def _fits(item: PublishedItem) -> bool:
    """One that somebody else may apply for, by whatever person, without questions of its own."""
    guide = item.guide
    anybody = guide.identity_level is not IdentityLevel.SEEN_BY_DESK
    return item.online and guide.proxy_allowed and anybody and not guide.questions and not guide.by_household


async def _help(
    person: PersonCard, proxy_id: UUID, relationship: str, item: PublishedItem, number: int, at: datetime
) -> None:
    """Allowed by a code; most have sent something, some have only begun; one was taken back."""
    by = Actor(person_id=proxy_id)
    wanted = Wanted(relationship, () if number % 2 else (item.guide.code,), 90)
    given = await authorising.give(person.id, proxy_id, wanted, method="code", by=by, language="zh_Hans", now=at)
    leave = await leave_by_id(given)
    draft_id = await drafting.begin_for(leave, item, by=by, language="zh_Hans", now=at)
    if number % 4 != 3:
        await _send(draft_id, by, at + timedelta(minutes=20))
    if number == PAIRS - 2:
        await authorising.revoke(leave, by=Actor(person_id=person.id), now=at + timedelta(hours=1))


async def _send(draft_id: UUID, by: Actor, at: datetime) -> None:
    draft = await view_draft(await Draft.get(id=draft_id))
    answers = Answers(phone="+8613800001234", area="510821107001")
    for material in draft.item.guide.conditional_materials:
        answers = answers.said(material.code, False)
    for question in questions(draft.item.guide, answers, draft.known):
        if question.step.startswith(PHOTOS) and question.material is not None:
            code = question.material.code
            await GivenMaterial.create(draft_id=draft_id, code=code, state=AT_DESK, files=[], updated_at=at)
    await drafting.save_answers(draft, answers, "review", now=at)
    await submit(await view_draft(await Draft.get(id=draft_id)), by=by, now=at)


async def _call(person_id: UUID, item: PublishedItem, step: str, clerk: Actor, now: datetime, *, done: bool) -> None:
    at = now - timedelta(hours=3)
    matter = await calling.ask_call(item, by=Actor(person_id=person_id), step=step, now=at)
    if done:
        await advance(matter, "call", by=clerk, now=now - timedelta(hours=1), data=CalledForm(outcome=SAID))
