"""The applicant sends a paper that was to follow."""

from __future__ import annotations

from lianxin.api import MatterInfo, See, Visit, _, advance
from lianxin_eservices import forms
from lianxin_eservices.actions.following import SentPaper
from lianxin_eservices.pages_states import FollowPage
from lianxin_eservices.queries.passing import promised_of
from lianxin_eservices.routes.staging import stage


async def show_follow(visit: Visit, matter: MatterInfo) -> FollowPage | See:
    """What is still to come, by which day, and a form for it."""
    promised = await promised_of(matter.id, visit.language)
    back = visit.url("account:matter", code=matter.code)
    waiting = [(each.code, each.name, "") for each in promised if not each.confirmed]
    if not waiting or matter.closed_at is not None:
        return See(back)
    values = {"paper": waiting[0][0]} if len(waiting) == 1 else {}
    action = visit.url("eservices:follow", matter=matter.code)
    form = visit.form(forms.MorePhotosForm, action, values, choices={"paper": waiting})
    return FollowPage(_("Send the paper that was to follow"), matter.title, back, promised, form)


async def follow(visit: Visit, form: forms.MorePhotosForm, matter: MatterInfo) -> See:
    """Keeps the photos; the desk is told and looks at them."""
    added = [await stage(visit, each, "photos") for each in form.photos if getattr(each, "filename", "")]
    sent = SentPaper(form.paper, tuple(info.id for info in added))
    await advance(matter, "send_paper", by=visit.actor, now=visit.now, data=sent)
    return See(visit.url("account:matter", code=matter.code), _("The paper is here. We look at it and tell you."))
