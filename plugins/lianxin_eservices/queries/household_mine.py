"""In which households somebody takes part: how each application stands, and her own word in it."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import N_, MatterRow, Visit, get_flow
from lianxin_eservices.actions.household_consent import gone
from lianxin_eservices.actions.household_words import subject_of
from lianxin_eservices.models import Case, Household, HouseholdMember
from lianxin_eservices.pages_household import MyHousehold
from lianxin_eservices.queries.household import view_household
from lianxin_eservices.rules.household import APPLICANT

MOST = 50


async def load_mine(visit: Visit, text: str) -> HouseholdMember:
    """For routes: this visitor's own line in a household. Refused with 404 otherwise."""
    try:
        row = await HouseholdMember.get_or_none(
            id=UUID(text), person_id__in=list(visit.actor.person_ids), ended_at=None
        )
    except ValueError:
        row = None
    if row is None or not await _is_asked(row):
        raise gone()
    return row


async def _is_asked(row: HouseholdMember) -> bool:
    """Only once the writer has said that these are all: before that a slip of the pen tells nobody anything."""
    return await Household.exists(draft_id=row.draft_id, told_at__isnull=False)


async def list_mine(visit: Visit) -> list[MyHousehold]:
    """The latest first."""
    mine = HouseholdMember.filter(person_id__in=list(visit.actor.person_ids), ended_at=None)
    told = mine.filter(draft__household__told_at__isnull=False).select_related("draft")
    rows = await told.order_by("-id").limit(MOST)
    return [await view_mine(row, visit) for row in rows if not _writes(row)]


def _writes(row: HouseholdMember) -> bool:
    """Her own application, which she finds among her matters."""
    draft = row.draft
    return row.relation == APPLICANT and draft.made_by_id is None and draft.person_id == row.person_id


async def view_mine(row: HouseholdMember, visit: Visit) -> MyHousehold:
    """The state of the application in words, without its code: the code opens nothing to her."""
    items, _offices = await subject_of(row.draft_id)
    view = await view_household(row.draft_id, visit.now)
    own = next(one for one in view.members if one.id == row.id)
    state, tag = await _state(row.draft_id)
    return MyHousehold(
        id=str(row.id),
        applicant=next((one.name for one in view.members if one.relation == APPLICANT), ""),
        items=tuple(each.in_language(visit.language) for each in items),
        state=state,
        tag=tag,
        says=own.says,
        owes=own.owes,
        since=row.created_at,
    )


async def _state(household_id: UUID) -> tuple[str, str]:
    case = await Case.filter(part__draft_id=household_id).order_by("part__place").first()
    if case is None:
        return str(N_("not sent yet")), "wait"
    row = await MatterRow.get(id=case.matter_id)
    state = get_flow(row.flow).state(row.state)
    return str(state.title), state.tag


async def may_take_back(household_id: UUID) -> bool:
    """Until everything of it is decided."""
    cases = await Case.filter(part__draft_id=household_id)
    return not cases or any(not case.decision for case in cases)
