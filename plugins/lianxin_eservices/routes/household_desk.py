"""The ID number of somebody of a household, for whoever handles the case: with a reason, and written down."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianxin.api import Loader, Shown, Visit, _, find_visible, get_vault
from lianxin_eservices.access import READ
from lianxin_eservices.actions.household_consent import gone
from lianxin_eservices.forms_household import NumberForm
from lianxin_eservices.models import Case, HouseholdMember
from lianxin_eservices.pages_household import NumberPage
from lianxin_eservices.queries.household import TABLE


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody of a household, with the case in which this visitor may see her."""

    row: HouseholdMember
    code: str


async def _load(visit: Visit, text: str) -> Held:
    """Through the case, as far as this visitor may see it at the desk. Refused with 404 otherwise."""
    if not visit.actor.may(READ):
        raise gone()
    try:
        row = await HouseholdMember.get_or_none(id=UUID(text), ended_at=None, id_number__isnull=False)
    except ValueError:
        row = None
    cases = await Case.filter(part__draft_id=row.draft_id).select_related("matter") if row else []
    for case in cases:
        matter = await find_visible(case.matter.code, visit.actor)
        if row is not None and matter is not None:
            return Held(row, matter.code)
    raise gone()


SEAT = Loader(_load, scoped=False, because="somebody of a household: loaded through the case that this visitor may see")


def _page(visit: Visit, seat: Held, shown: str = "") -> NumberPage:
    address = visit.url("eservices:reveal_household_number", seat=seat.row.id)
    back = visit.url("desk:matter", code=seat.code)
    return NumberPage(_("Show the ID number"), seat.row.name, back, visit.form(NumberForm, address), shown)


async def ask_number(visit: Visit, seat: Held) -> NumberPage:
    """The reason is asked first."""
    return _page(visit, seat)


async def reveal_number(visit: Visit, form: NumberForm, seat: Held) -> Shown:
    """Shown on this answer alone; that it was read, by whom and why, is written down first."""
    row = seat.row
    assert row.id_number is not None  # asked for by the loader
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
    return Shown(_page(visit, seat, f"{number[:6]} {number[6:14]} {number[14:]}"))
