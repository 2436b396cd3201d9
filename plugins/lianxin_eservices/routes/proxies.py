"""Who may act for me: what they did, and taking it back."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import FormView, Loader, MatterInfo, Refused, See, Visit, _
from lianxin_eservices import forms
from lianxin_eservices.actions import authorising
from lianxin_eservices.models import Case
from lianxin_eservices.pages_acting import Given, ProxiesPage
from lianxin_eservices.queries.authorisations import Acting, list_proxies, load_given, no_leave
from lianxin_eservices.rules.authorisation import Leave

GIVEN = Loader(load_given, scoped=False, because="whoever gave it takes it back: no grant opens it")


async def show_proxies(visit: Visit) -> ProxiesPage:
    """Those in force first."""
    return ProxiesPage(_("Who acts for me"), tuple(_given(visit, each) for each in await list_proxies(visit)))


def _given(visit: Visit, it: Acting) -> Given:
    drafts = [deed for deed in it.deeds if not deed.code]
    cases = [deed for deed in it.deeds if deed.code]
    return Given(
        it=it,
        revoke=_button(visit, "revoke", leave=it.leave.id) if it.running else None,
        drafts=tuple((deed, _button(visit, "take_draft", taken=deed.id)) for deed in drafts),
        cases=tuple((deed, _button(visit, "take_case", matter=deed.code) if it.running else None) for deed in cases),
    )


def _button(visit: Visit, name: str, **places: object) -> FormView:
    return visit.form(forms.EmptyForm, visit.url(f"eservices:{name}", **places))


async def revoke(visit: Visit, leave: Leave) -> See:
    """One button, and it counts at once."""
    await authorising.revoke(leave, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:proxies"), _("Taken back. From now on that person sees nothing more of you."))


async def take_draft(visit: Visit, taken: str) -> See:
    """I go on myself with what was begun for me."""
    try:
        draft_id = UUID(taken)
    except ValueError as wrong:
        raise no_leave() from wrong
    await authorising.take_draft(draft_id, by=visit.actor, now=visit.now)
    return See(visit.url("eservices:question", draft=draft_id, step="next"), _("Now you go on yourself."))


async def take_case(visit: Visit, matter: MatterInfo) -> See:
    """I see to this case myself."""
    if matter.applicant_id not in visit.actor.person_ids or not await Case.exists(
        matter_id=matter.id, authorisation_id__isnull=False
    ):
        raise Refused("eservices.not_acted", _("Nobody acts for you in this."), status=403)
    await authorising.take_case(matter.id, by=visit.actor, now=visit.now)
    return See(visit.url("account:matter", code=matter.code), _("From now on only you see to this."))
