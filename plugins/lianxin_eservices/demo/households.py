"""Families who apply together: each entered, told and agreed to by the same actions as in life."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lianxin.api import Actor, PersonCard, PersonRow, get_vault, make_id_number, unit_of_work
from lianxin_eservices.actions import drafting, household, household_consent
from lianxin_eservices.actions.household_words import Said
from lianxin_eservices.demo.cast import find_cast, years_of_birth
from lianxin_eservices.models import Draft, HouseholdMember
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.queries.household import born_of, day_of
from lianxin_eservices.queries.items import PublishedItem, get_published
from lianxin_eservices.rules.application import SELF, Answers
from lianxin_eservices.rules.household import APPLICANT, FULL_AGE, Stage, stage_on


@dataclass(frozen=True, slots=True)
class Kin:
    """One who lives there: given name, relation, year of birth, sequence of the number; a surname, if her own."""

    given: str
    relation: str
    year: int
    sequence: int
    surname: str = ""


FAMILIES: Final[tuple[tuple[Kin, ...], ...]] = (
    (Kin("秀兰", "spouse", 1958, 402, "杨"), Kin("子轩", "grandchild", 2016, 407)),
    (Kin("桂珍", "parent", 1944, 412, "罗"),),
    (Kin("晓燕", "spouse", 1981, 422, "蒲"), Kin("梓涵", "child", 2010, 424), Kin("梓豪", "child", 2017, 427)),
    (),
    (Kin("明远", "child", 1989, 431), Kin("雨桐", "grandchild", 2019, 434), Kin("德厚", "parent", 1941, 437)),
)
WAITING: Final = 4
"""Applications that wait for somebody's word."""


async def live_together(draft: DraftView, family: Sequence[Kin], *, by: Actor, now: datetime) -> None:
    """Enters them, says that these are all, and each adult agrees: by a code where somebody else writes."""
    await _enter(draft, family, by, now)
    for row in await HouseholdMember.filter(draft_id=draft.id, ended_at=None).order_by("id"):
        child = row.guardian_id is not None
        herself = row.relation == APPLICANT and household.writes_herself(draft)
        if herself:
            continue
        if not child or stage_on(born_of(row), day_of(now)) is not Stage.CHILD:
            await household_consent.say(row.id, Said("agreed", "code", "zh_Hans"), by=by, now=now)


async def _enter(draft: DraftView, family: Sequence[Kin], by: Actor, now: datetime) -> None:
    for kin in family:
        number = make_id_number(date(kin.year, 3, 12), kin.sequence).value
        name = (kin.surname or draft.person.name[:1]) + kin.given
        await household.save_member(draft, None, household.Told(name, number, kin.relation, APPLICANT), now=now)
    await household.tell_all(draft, agree=household.writes_herself(draft), by=by, language="zh_Hans", now=now)


def some_family(chance: random.Random) -> tuple[Kin, ...]:
    """Large or small."""
    return chance.choice(FAMILIES)


async def fill_households(now: datetime) -> None:
    """Some have entered who lives with them, and wait: for a word, or after a refusal."""
    cast = await find_cast(now)
    item = await get_published("dibao-apply")
    born = await years_of_birth([card.id for card in (*cast.elsewhere, *cast.here)])
    grown = [card for card in cast.elsewhere if card.seen_by_desk and now.year - born.get(card.id, now.year) > FULL_AGE]
    people = grown[-WAITING:]
    for place, person in enumerate(people):
        async with unit_of_work():
            await _wait(person, FAMILIES[(0, 2, 4, 1)[place]], item, place, now - timedelta(days=place, hours=2))
    await _name_a_neighbour(
        [card for card in cast.here if now.year - born.get(card.id, now.year) > FULL_AGE],
        item,
        now - timedelta(hours=5),
    )


async def _wait(person: PersonCard, family: Sequence[Kin], item: PublishedItem, place: int, at: datetime) -> None:
    by = Actor(person_id=person.id)
    draft = await _begin(person, item, by, at)
    await _enter(draft, family, by, at)
    if place == 1:
        row = await HouseholdMember.filter(draft_id=draft.id, relation="spouse", ended_at=None).first()
        assert row is not None  # entered a moment ago
        await household_consent.say(row.id, Said("refused", "account", "zh_Hans"), by=by, now=at)


async def _begin(person: PersonCard, item: PublishedItem, by: Actor, at: datetime) -> DraftView:
    draft_id = await drafting.begin(item, person.id, by=by, channel="web", language="zh_Hans", now=at)
    draft = await view_draft(await Draft.get(id=draft_id), at)
    await drafting.save_answers(draft, Answers(whom=SELF, phone=""), "household", now=at)
    return await view_draft(await Draft.get(id=draft_id), at)


async def _name_a_neighbour(here: Sequence[PersonCard], item: PublishedItem, at: datetime) -> None:
    """Two of Puziling whom the desk has seen live together: one finds the question in her account."""
    seen = [card for card in here if card.seen_by_desk]
    if len(seen) < 2:
        return
    writer, other = seen[-1], seen[0]
    by = Actor(person_id=writer.id)
    draft = await _begin(writer, item, by, at)
    row = await PersonRow.get(id=other.id)
    assert row.id_number is not None  # seen by the desk
    number = get_vault().open_for_delivery(row.id_number, table="person", column="id_number", row_id=row.id)
    told = household.Told(other.name, number, "sibling", APPLICANT)
    await household.save_member(draft, None, told, now=at)
    await household.tell_all(draft, agree=True, by=by, language="zh_Hans", now=at)
    await household_consent.link_household(draft.id, at)
