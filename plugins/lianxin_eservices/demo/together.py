"""Families in a life event: some have sent one form that became several cases, some have begun it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lianxin.api import (
    Actor,
    MatterInfo,
    PersonCard,
    advance,
    claim,
    load_matter,
    unit_of_work,
)
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.demo.cast import Cast, find_cast, years_of_birth
from lianxin_eservices.demo.households import FAMILIES as HOUSEHOLDS
from lianxin_eservices.demo.households import live_together
from lianxin_eservices.models import Draft, GivenMaterial
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.queries.life import find_offer
from lianxin_eservices.queries.siblings import matters_of
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, SELF, Answers
from lianxin_eservices.rules.bundle import LIFE


@dataclass(frozen=True, slots=True)
class Family:
    """Who is in which event: how old, what is chosen, how many days ago; `accepted`: how many cases are by now.

    `sent` false: begun and not sent yet.
    """

    event: str
    chosen: tuple[str, ...]
    ages: tuple[int, int]
    days: float
    accepted: int = 0
    sent: bool = True


FAMILIES: Final = (
    Family("ageing", ("RS-003", "RS-008", "MZ-008"), (60, 70), 3.2, accepted=2),
    Family("ageing", ("RS-003", "YB-006"), (60, 70), 0.4),
    Family("ageing", ("MZ-007", "MZ-017", "MZ-008"), (80, 100), 2.1, accepted=1),
    Family("birth", ("YB-003", "YB-011"), (20, 42), 1.3, accepted=1),
    Family("birth", ("YB-003", "YB-011"), (20, 42), 0.2),
    Family("disability", ("CL-001", "MZ-011", "CL-007"), (18, 90), 4.2, accepted=3),
    Family("death", ("RS-005", "MZ-015", "CL-006"), (35, 75), 1.1, accepted=1),
    Family("illness", ("YB-010", "YB-008", "YB-012"), (30, 85), 2.6, accepted=2),
    Family("work", ("RS-010", "RS-013"), (25, 58), 0.7, accepted=1),
    Family("moving", ("RS-004", "YB-005"), (25, 60), 1.8),
    Family("ageing", ("RS-003", "RS-008"), (60, 70), 0.9, sent=False),
    Family("death", ("RS-005",), (35, 75), 2.4, sent=False),
)


async def fill_together(now: datetime) -> None:
    """By the same actions as in life."""
    cast = await find_cast(now)
    born = await years_of_birth([card.id for card in cast.here])
    waiting = [card for card in cast.here if card.phone]
    for family in FAMILIES:
        youngest, oldest = family.ages
        person = next((card for card in waiting if youngest <= now.year - born.get(card.id, 0) <= oldest), None)
        if person is not None:
            waiting.remove(person)
            async with unit_of_work():
                await _live(person, family, cast, now - timedelta(days=family.days))


async def _live(person: PersonCard, family: Family, cast: Cast, at: datetime) -> None:
    by = Actor(person_id=person.id)
    offer = await find_offer(LIFE + family.event)
    assert offer is not None  # it ships with the catalogue
    wish = offer.wish(family.chosen)
    draft_id = await drafting.begin(wish, person.id, by=by, channel="web", language="zh_Hans", now=at)
    if not family.sent:
        return
    draft = await _answered(await view_draft(await Draft.get(id=draft_id)), at)
    if draft.household is not None:
        await live_together(draft, HOUSEHOLDS[1], by=by, now=at)
        draft = await view_draft(await Draft.get(id=draft_id))
    first = await submit(draft, by=by, now=at + timedelta(minutes=18))
    ids = await matters_of(first.id)
    await _accept([await load_matter(each) for each in ids[: family.accepted]], cast.station[0], at)


async def _answered(draft: DraftView, at: datetime) -> DraftView:
    """Everything is answered; papers are brought to the desk."""
    held = draft.answers.conditions
    keys = [key for part in draft.parts for key in part.rule.conditions.values()]
    extras = {one.key: one.extra.answers[0] for one in draft.asked if one.extra is not None and one.extra.answers}
    conditions = {key: held.get(key, False) for key in keys}
    answers = Answers(whom=SELF, phone="", conditions=conditions, extras=extras)
    await drafting.save_answers(draft, answers, "review", now=at)
    row = await Draft.get(id=draft.id)
    papers = [one.key for one in (await view_draft(row)).asked if one.step.startswith(PHOTOS)]
    await GivenMaterial.bulk_create(
        [GivenMaterial(draft_id=draft.id, code=key, state=AT_DESK, files=[], updated_at=at) for key in papers]
    )
    return await view_draft(row)


async def _accept(matters: Sequence[MatterInfo], clerk: Actor, at: datetime) -> None:
    for number, matter in enumerate(matters, start=1):
        taken = await claim(matter, by=clerk, now=at + timedelta(hours=number))
        await advance(taken, "accept", by=clerk, now=at + timedelta(hours=number, minutes=25))
