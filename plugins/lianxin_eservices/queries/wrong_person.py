"""What is known of a case that was entered for the wrong person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import MatterInfo, MatterRow, PersonCard, cards_of, files_of, list_files, people_of, same_person_ids
from lianxin.api import get_person as person_of
from lianxin_eservices.models import (
    CallBack,
    Case,
    Household,
    Investigation,
    Notice,
    Posting,
    PromisedPaper,
    SpecialProcedure,
    WrongPerson,
)
from lianxin_eservices.queries.siblings import matters_of
from lianxin_eservices.rules.wrong_person import Standing


@dataclass(frozen=True, slots=True)
class WrongShown:
    """For colleagues. Both persons are shown until it is answered, their names in full; then `outcome` says how."""

    wrong: PersonCard | None
    right: PersonCard | None
    reason: str
    asked_by: str
    asked_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None


async def standing_of(matter: MatterInfo, right_id: UUID | None = None) -> Standing:
    """All that decides whether it may be moved; some ten queries."""
    case = await Case.get(matter_id=matter.id).select_related("part__draft")
    passed = [each.filter(matter_id=matter.id) for each in (Investigation, Posting, SpecialProcedure, PromisedPaper)]
    return Standing(
        whom=case.whom,
        decided=case.decision != "" or matter.closed_at is not None,
        household=await Household.exists(draft_id=case.part.draft_id),
        together=len(await matters_of(matter.id)) > 1,
        looked_into=any([await each.exists() for each in passed]),
        acted=await _has_acted(matter),
        elsewhere=right_id is not None and await _lives_elsewhere(matter, right_id),
        notices=[row["name"] for row in await Notice.filter(matter_id=matter.id).values("name")],
    )


async def _has_acted(matter: MatterInfo) -> bool:
    """A step, a photo or a call of whom it stands under would become somebody else's."""
    hers = await same_person_ids(matter.applicant_id) if matter.applicant_id else ()
    if await MatterRow.filter(id=matter.id, steps__actor_id__in=list(hers)).exists():
        return True
    if await CallBack.exists(case_code=matter.code, person_id__in=list(hers)):
        return True
    ids = [each for found in (await files_of(matter.id)).values() for each in found]
    return any(info.owner_id in hers for info in await list_files(ids))


async def _lives_elsewhere(matter: MatterInfo, right_id: UUID) -> bool:
    home = (await person_of(right_id)).home_area_id
    return home is not None and home != matter.area_id


async def moved_at(matter_id: UUID) -> datetime | None:
    """When the case was moved to the right person; None: never."""
    row = await WrongPerson.filter(matter_id=matter_id, outcome="moved").order_by("-decided_at").first()
    return row.decided_at if row else None


async def wrong_person_of(matter_id: UUID) -> tuple[WrongShown, ...]:
    """What was said and answered, the latest first."""
    rows = await WrongPerson.filter(matter_id=matter_id).order_by("-asked_at")
    both = [each for row in rows if row.outcome is None for each in (row.wrong_id, row.right_id)]
    cards = await cards_of(both, masked=False)
    names = await people_of({each for row in rows for each in (row.asked_by_id, row.decided_by_id) if each})
    said = {each: person.name or "…" for each, person in names.items()}
    return tuple(
        WrongShown(
            cards.get(row.wrong_id) if row.outcome is None else None,
            cards.get(row.right_id) if row.outcome is None else None,
            row.reason if row.outcome is None else "",
            said.get(row.asked_by_id, "…"),
            row.asked_at,
            row.outcome or "",
            said.get(row.decided_by_id, "") if row.decided_by_id else "",
            row.decided_at,
        )
        for row in rows
    )
