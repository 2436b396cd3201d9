"""Writing down what somebody of a household says: for herself, and for the children whom she looks after."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin_eservices.models import DraftPart, HouseholdConsent, HouseholdMember
from lianxin_eservices.queries.household import day_of, rows_of, seats_of
from lianxin_eservices.queries.items import DEPARTMENTS, item_of_version
from lianxin_eservices.rules.household import APPLICANT, VERSION, asked_of, consent_lines
from lianxin_eservices.rules.plain import Text


@dataclass(frozen=True, slots=True)
class Said:
    """`answer`: agreed or refused; `way`, and of a signature the colleague who saw it and the file."""

    answer: str
    way: str
    language: str
    witness_id: UUID | None = None
    file_id: UUID | None = None


async def subject_of(household_id: UUID) -> tuple[list[Text], list[Text]]:
    """The services of the application for which a household applies, and the offices that decide them."""
    parts = await DraftPart.filter(draft_id=household_id, chosen=True).order_by("place")
    items = [item for item in [await item_of_version(part.version_id) for part in parts] if item.guide.by_household]
    offices = {item.department: DEPARTMENTS[item.department].full_name for item in items}
    return [item.guide.plain_name for item in items], list(offices.values())


async def text_for(household_id: UUID, giver_id: UUID, language: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """The text to which this person says yes or no."""
    rows = await rows_of(household_id)
    names = {row.id: row.name for row in rows}
    applicant = next((row.name for row in rows if row.relation == APPLICANT), "")
    children = [names[each] for each in asked_of(giver_id, seats_of(rows, day_of(now))) if each != giver_id]
    items, offices = await subject_of(household_id)
    return consent_lines(
        applicant,
        [each.in_language(language) for each in items],
        [each.in_language(language) for each in offices],
        children,
        language,
    )


async def write_words(household_id: UUID, giver_id: UUID, said: Said, *, now: datetime) -> tuple[UUID, ...]:
    """In the unit that took the household: her word replaces an earlier one of hers, and touches nobody else's."""
    members = asked_of(giver_id, seats_of(await rows_of(household_id), day_of(now)))
    lines = await text_for(household_id, giver_id, said.language, now)
    text = "\n".join(f"{head}: {body}" for head, body in lines)
    hers = HouseholdConsent.filter(member_id__in=list(members), giver_id=giver_id, ended_at=None)
    await hers.update(ended_at=now)
    for member in members:
        await HouseholdConsent.create(
            member_id=member,
            giver_id=giver_id,
            answer=said.answer,
            way=said.way,
            text_version=VERSION,
            text_hash=hashlib.sha256(text.encode()).hexdigest(),
            witness_id=said.witness_id,
            file_id=said.file_id,
            given_at=now,
        )
    await HouseholdMember.filter(id=giver_id).update(phone=None)
    return members
