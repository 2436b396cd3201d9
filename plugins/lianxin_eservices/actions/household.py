"""Who belongs to a household: entered one by one, changed, taken out, and told that these are all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import F

from lianxin.api import (
    N_,
    Actor,
    IdNumber,
    PersonRow,
    Refused,
    enqueue,
    get_vault,
    unit_of_work,
    uuid7,
)
from lianxin_eservices.actions.household_words import Said, write_words
from lianxin_eservices.models import Household, HouseholdConsent, HouseholdMember
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.household import (
    TABLE,
    agreed_pairs,
    day_of,
    number_key,
    rows_of,
    seats_of,
)
from lianxin_eservices.rules.application import FAMILY
from lianxin_eservices.rules.household import APPLICANT, MOST, Stage, fault_of, stage_on, waiting

LINK_JOB = "eservices.link_household"


@dataclass(frozen=True, slots=True)
class Told:
    """One who lives there, as typed; `guardian` is the row of an adult, "applicant", or empty."""

    name: str
    number: str
    relation: str
    guardian: str


async def take(household_id: UUID) -> Household:
    """The row first: who changes it meanwhile waits. Raises Refused when it was sent."""
    await Household.bulk_create([Household(draft_id=household_id)], ignore_conflicts=True)
    if not await Household.filter(draft_id=household_id, sent_at=None).update(changes=F("changes") + 1):
        raise Refused("eservices.sent", N_("This application was sent already. Look under “My matters”."))
    return await Household.get(draft_id=household_id)


async def count(household_id: UUID, now: datetime) -> int:
    """Counts anew, in the unit that took the row; answers how many words are missing."""
    rows = await rows_of(household_id)
    seats = seats_of(rows, day_of(now))
    open_pairs = waiting(seats, await agreed_pairs([row.id for row in rows]))
    missing = len(open_pairs) + (fault_of(seats) is not None)
    await Household.filter(draft_id=household_id).update(members=len(rows), waiting=missing)
    return missing


async def save_member(draft: DraftView, member_id: UUID | None, told: Told, *, now: datetime) -> UUID:
    """Enters somebody, or changes what was typed. With another name or number it is somebody else, who is asked anew.

    Raises Refused (422) for a number that stands there already, a child without an adult, and too many.
    """
    async with unit_of_work():
        await take(draft.id)
        applicant = await _seat_applicant(draft, now)
        rows = await rows_of(draft.id)
        old = next((row for row in rows if row.id == member_id and row.relation != APPLICANT), None)
        others = [row for row in rows if old is None or row.id != old.id]
        _check_room(told, others)
        guardian = _guardian(told, others, applicant, now)
        same = old is not None and (old.name, old.id_number_key) == (told.name, number_key(told.number))
        if old is not None and same:
            await HouseholdMember.filter(id=old.id).update(relation=told.relation, guardian_id=guardian)
            made = old.id
        else:
            if old is not None:
                await _end([old.id], now)
            made = await _insert(draft.id, told.name, told.number, told.relation, guardian, now)
            if old is not None:
                await HouseholdMember.filter(guardian_id=old.id, ended_at=None).update(guardian_id=made)
        await _open_again(draft.id, now)
    return made


def _check_room(told: Told, others: list[HouseholdMember]) -> None:
    if number_key(told.number) in [row.id_number_key for row in others]:
        text = N_("This ID number stands here already.")
        raise Refused("eservices.household_twice", text, status=422, field="id_number")
    if len(others) >= MOST:
        text = N_("More than %(most)s people: come to the desk with it.")
        raise Refused("eservices.household_full", text, status=422, field="name", most=MOST)


def _guardian(told: Told, others: list[HouseholdMember], applicant: UUID, now: datetime) -> UUID | None:
    """Who looks after a child: an adult of the household. Of an adult nobody is asked."""
    day = day_of(now)
    if stage_on(IdNumber(told.number).birth_date, day) is Stage.ADULT:
        return None
    adults = {seat.id for seat in seats_of(others, day) if seat.stage is Stage.ADULT}
    wanted = applicant if told.guardian == APPLICANT else next((a for a in adults if str(a) == told.guardian), None)
    if wanted not in adults:
        text = N_("Under 18: choose which adult of the household looks after her or him.")
        raise Refused("eservices.no_guardian", text, status=422, field="guardian")
    return wanted


async def _insert(
    household_id: UUID,
    name: str,
    number: str,
    relation: str,
    guardian_id: UUID | None,
    now: datetime,
    person_id: UUID | None = None,
) -> UUID:
    row_id = uuid7()
    sealed: Any = None
    if number:
        sealed = get_vault().seal(number, table=TABLE, column="id_number", row_id=row_id)
    row = HouseholdMember(
        id=row_id,
        draft_id=household_id,
        person_id=person_id,
        guardian_id=guardian_id,
        name=name,
        relation=relation,
        id_number=sealed,
        id_number_key=number_key(number) if number else None,
        created_at=now,
    )
    await row.save(force_create=True)
    return row_id


async def _seat_applicant(draft: DraftView, now: datetime) -> UUID:
    """The applicant belongs to it always. If it is for somebody else than a moment ago, nobody has agreed for her."""
    name, number, person_id = await _applicant(draft)
    key = number_key(number) if number else None
    row = await HouseholdMember.get_or_none(draft_id=draft.id, relation=APPLICANT, ended_at=None)
    if row is not None and (row.name, row.id_number_key) == (name, key) and person_id in (None, row.person_id):
        return row.id
    if key is not None and await HouseholdMember.exists(
        draft_id=draft.id, id_number_key=key, ended_at=None, relation__not=APPLICANT
    ):
        text = N_("The applicant's ID number stands among those who live with her or him. Take that line out.")
        raise Refused("eservices.household_twice", text, status=422)
    if row is not None:
        await _end([row.id], now)
    made = await _insert(draft.id, name, number, APPLICANT, None, now, person_id)
    if row is not None:
        await HouseholdMember.filter(guardian_id=row.id, ended_at=None).update(guardian_id=made)
    return made


async def _applicant(draft: DraftView) -> tuple[str, str, UUID | None]:
    """Name, number (empty: none known) and entry of whom it is for."""
    answers = draft.answers
    if answers.whom == FAMILY:
        return answers.name, answers.id_number, None
    number = answers.id_number
    if not number:
        row = await PersonRow.get(id=draft.person_id)
        if row.id_number is not None:
            number = get_vault().open_for_delivery(row.id_number, table="person", column="id_number", row_id=row.id)
    return answers.name or draft.person.name, number, draft.person_id


async def remove_member(draft: DraftView, member_id: UUID, *, now: datetime) -> None:
    """Takes somebody out; her name and number are forgotten at once. Nobody is then looked after by her."""
    async with unit_of_work():
        await take(draft.id)
        mine = HouseholdMember.filter(id=member_id, draft_id=draft.id, ended_at=None)
        if not await mine.exclude(relation=APPLICANT).exists():
            raise Refused("eservices.no_member", N_("This line is not there any more."), status=404)
        await HouseholdMember.filter(guardian_id=member_id).update(guardian_id=None)
        await _end([member_id], now)
        await _open_again(draft.id, now)


async def _open_again(household_id: UUID, now: datetime) -> None:
    await Household.filter(draft_id=household_id).update(told_at=None)
    await count(household_id, now)


async def _end(member_ids: list[UUID], now: datetime) -> None:
    await HouseholdMember.filter(id__in=member_ids, ended_at=None).update(
        ended_at=now, name="", id_number=None, id_number_key=None, phone=None, person_id=None
    )


async def tell_all(draft: DraftView, *, agree: bool, by: Actor, language: str, now: datetime) -> None:
    """These are all. Where the applicant writes herself, her own word is given with it; the others are asked.

    Whoever is known is found by a job later: this answer looks and lasts alike for everybody. Raises Refused (422).
    """
    herself = writes_herself(draft)
    if herself and not agree:
        text = N_("Tick the box if you agree.")
        raise Refused("eservices.not_agreed", text, status=422, field="agree")
    async with unit_of_work():
        await take(draft.id)
        applicant = await _seat_applicant(draft, now)
        rows = await rows_of(draft.id)
        fault = fault_of(seats_of(rows, day_of(now)))
        if fault is not None:
            raise Refused("eservices.household_fault", fault, status=422)
        await Household.filter(draft_id=draft.id).update(told_at=now)
        if herself:
            await write_words(draft.id, applicant, Said("agreed", "account", language), now=now)
        await count(draft.id, now)
        await enqueue(LINK_JOB, {"household": str(draft.id), "now": now.isoformat()}, due_at=now)


def writes_herself(draft: DraftView) -> bool:
    """Whether the applicant is who writes it."""
    return draft.made_by_id is None and draft.answers.whom != FAMILY


async def close(draft: DraftView, now: datetime) -> None:
    """In the unit that sends the application: closed for good, if all have agreed. Raises Refused."""
    await take(draft.id)
    await _seat_applicant(draft, now)
    missing = await count(draft.id, now)
    if missing or not await Household.filter(draft_id=draft.id, told_at__isnull=False).update(sent_at=now):
        text = N_("It can be sent when every adult of the household has agreed. The page says who is still to agree.")
        raise Refused("eservices.household_waits", text)


async def forget_households(draft_ids: Sequence[UUID], now: datetime) -> list[UUID]:
    """Of applications that are thrown away nobody's name or number is kept. Answers the files that were signed."""
    rows = await HouseholdMember.filter(draft_id__in=list(draft_ids), draft__household__sent_at=None)
    if not rows:
        return []
    ids = [row.id for row in rows]
    signed = await HouseholdConsent.filter(member_id__in=ids, file_id__isnull=False)
    await _end(ids, now)
    return [one.file_id for one in signed if one.file_id is not None]
