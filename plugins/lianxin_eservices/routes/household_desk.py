"""The ID number of somebody of a household, for whoever handles the case: with a reason, and written down."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import MatterInfo, Shown, Visit, _, get_vault
from lianxin_eservices.actions.household_consent import gone
from lianxin_eservices.forms_household import NumberForm
from lianxin_eservices.models import Case, HouseholdMember
from lianxin_eservices.pages_household import NumberPage
from lianxin_eservices.queries.household import TABLE


async def _row(matter: MatterInfo, member: str) -> HouseholdMember:
    """Somebody of the household that applied in this matter, and of no other."""
    case = await Case.get(matter_id=matter.id).select_related("part")
    try:
        row = await HouseholdMember.get_or_none(id=UUID(member), draft_id=case.part.draft_id, ended_at=None)
    except ValueError:
        row = None
    if row is None or row.id_number is None:
        raise gone()
    return row


def _page(visit: Visit, matter: MatterInfo, row: HouseholdMember, shown: str = "") -> NumberPage:
    address = visit.url("eservices:reveal_household_number", matter=matter.code, member=row.id)
    back = visit.url("desk:matter", code=matter.code)
    return NumberPage(_("Show the ID number"), row.name, back, visit.form(NumberForm, address), shown)


async def ask_number(visit: Visit, matter: MatterInfo, member: str) -> NumberPage:
    """The reason is asked first."""
    return _page(visit, matter, await _row(matter, member))


async def reveal_number(visit: Visit, form: NumberForm, matter: MatterInfo, member: str) -> Shown:
    """Shown on this answer alone; that it was read, by whom and why, is written down first."""
    row = await _row(matter, member)
    assert row.id_number is not None  # looked at in _row
    number = await get_vault().reveal(
        row.id_number,
        table=TABLE,
        column="id_number",
        row_id=row.id,
        subject_id=row.person_id,
        by=visit.actor.person_id,
        purpose=form.purpose,
        now=visit.now,
        request_id=visit.request_id,
    )
    return Shown(_page(visit, matter, row, f"{number[:6]} {number[6:14]} {number[14:]}"))
