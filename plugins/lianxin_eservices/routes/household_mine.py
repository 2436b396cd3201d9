"""My part in somebody's household: what is asked, and my word."""

from __future__ import annotations

from lianxin.api import Loader, See, Visit, _
from lianxin_eservices import forms, forms_household
from lianxin_eservices.actions import household_consent
from lianxin_eservices.actions.household_words import Said, text_for
from lianxin_eservices.models import Household, HouseholdMember
from lianxin_eservices.pages_household import MyHouseholdsPage, MyWordPage
from lianxin_eservices.queries.household_mine import list_mine, load_mine, may_take_back, view_mine

MINE = Loader(load_mine, scoped=False, because="a line of a household is that person's own: no grant opens it")


async def show_mine(visit: Visit) -> MyHouseholdsPage:
    """Where I take part."""
    return MyHouseholdsPage(_("Applications of my household"), tuple(await list_mine(visit)))


async def show_word(visit: Visit, mine: HouseholdMember) -> MyWordPage:
    """What is asked of me, and what I said."""
    it = await view_mine(mine, visit)
    sent, undecided = not await _open(mine), await may_take_back(mine.draft_id)
    action = {"mine": mine.id}
    agree = visit.form(forms_household.AgreeForm, visit.url("eservices:agree_word", **action))
    return MyWordPage(
        title=_("Do you agree?") if not it.says else _("Your word"),
        it=it,
        lines=await text_for(mine.draft_id, mine.id, visit.language, visit.now),
        agree=agree if it.owes and (not sent or undecided) else None,
        refuse=visit.form(forms.EmptyForm, visit.url("eservices:refuse_word", **action))
        if not it.says and not sent
        else None,
        take_back=visit.form(forms.EmptyForm, visit.url("eservices:take_back_word", **action))
        if it.says == "agreed" and undecided
        else None,
    )


async def _open(mine: HouseholdMember) -> bool:
    return await Household.exists(draft_id=mine.draft_id, sent_at=None)


async def agree(visit: Visit, form: forms_household.AgreeForm, mine: HouseholdMember) -> See:
    """Yes."""
    await _say(visit, mine, "agreed")
    return See(visit.url("eservices:word", mine=mine.id), _("Thank you. It is written down that you agree."))


async def refuse(visit: Visit, mine: HouseholdMember) -> See:
    """No; nobody asks why."""
    await _say(visit, mine, "refused")
    return See(visit.url("eservices:word", mine=mine.id), _("Written down. Nobody asks you why."))


async def _say(visit: Visit, mine: HouseholdMember, answer: str) -> None:
    await household_consent.say(mine.id, Said(answer, "account", visit.language), by=visit.actor, now=visit.now)


async def take_back(visit: Visit, mine: HouseholdMember) -> See:
    """Until it is decided."""
    await household_consent.take_back(mine, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:word", mine=mine.id), _("Taken back. The office is told."))
