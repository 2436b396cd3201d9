"""At any desk: whoever agreed by a code or a signature, without an account, takes her word back."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import N_, FormView, Loader, Refused, See, Shown, Visit, _
from lianxin_eservices.actions.household_consent import gone, take_back
from lianxin_eservices.forms_household import FindWordsForm, TakeBackForm
from lianxin_eservices.models import HouseholdMember
from lianxin_eservices.pages_household import DeskWordsPage
from lianxin_eservices.queries.household import number_key
from lianxin_eservices.queries.household_mine import may_take_back, view_mine

MOST = 20


async def _as_typed(_visit: Visit, text: str) -> str:
    return text[:40]


SAID = Loader(_as_typed, scoped=False, because="a line of a household; the form brings the number that opens it")


async def show_words(visit: Visit) -> DeskWordsPage:
    """The number, and that she is here."""
    return DeskWordsPage(_("Taking back a consent"), _form(visit))


def _form(visit: Visit) -> FormView:
    return visit.form(FindWordsForm, visit.url("eservices:find_words"))


async def find_words(visit: Visit, form: FindWordsForm) -> Shown:
    """In which applications her word counts."""
    if not form.card_seen:
        text = N_("Look at the ID card first, then tick this.")
        raise Refused("eservices.card_first", text, status=422, field="card_seen")
    number: str = form.id_number.value  # type: ignore[attr-defined]
    rows = await HouseholdMember.filter(id_number_key=number_key(number), ended_at=None).order_by("-id").limit(MOST)
    shown = []
    for row in rows:
        it = await view_mine(row, visit)
        if it.says == "agreed" and await may_take_back(row.draft_id):
            action = visit.url("eservices:take_back_word_at_desk", said=row.id)
            shown.append((it, visit.form(TakeBackForm, action, {"id_number": number})))
    return Shown(DeskWordsPage(_("Taking back a consent"), _form(visit), asked=True, rows=tuple(shown)))


async def take_back_at_desk(visit: Visit, form: TakeBackForm, said: str) -> See:
    """Counts at once, as if she had done it on her own phone."""
    try:
        key = number_key(form.id_number.value)  # type: ignore[attr-defined]
        row = await HouseholdMember.get_or_none(id=UUID(said), id_number_key=key, ended_at=None)
    except ValueError:
        row = None
    if row is None:
        raise gone()
    await take_back(row, by=visit.actor, now=visit.now, at_desk=True)
    return See(visit.url("eservices:desk_words"), _("Taken back. The office is told."))
