"""A case after it was sent: what the applicant adds to it."""

from __future__ import annotations

from lianxin.api import MatterInfo, See, Visit, _
from lianxin_eservices import forms
from lianxin_eservices.actions.correcting import add_photos
from lianxin_eservices.pages import CorrectPage
from lianxin_eservices.queries.case import my_case
from lianxin_eservices.routes.papers_offered import offers_for_case
from lianxin_eservices.routes.staging import stage


async def show_correct(visit: Visit, matter: MatterInfo) -> CorrectPage | See:
    """The list, and a form for one paper after the other."""
    mine = await my_case(visit, matter)
    back = visit.url("account:matter", code=matter.code)
    if mine.correct is None:
        return See(back)
    offers = await offers_for_case(visit, matter)
    return CorrectPage(_("Send what is missing"), matter.title, back, mine.case, mine.correct, mine.call, offers)


async def correct(visit: Visit, form: forms.MorePhotosForm, matter: MatterInfo) -> See:
    """Keeps photos of one paper; the list stays until she says that it is complete."""
    added = [await stage(visit, each, "photos") for each in form.photos if getattr(each, "filename", "")]
    await add_photos(matter, form.paper, [info.id for info in added], by=visit.actor, now=visit.now)
    return See(
        visit.url("account:matter", code=matter.code),
        _("The photos are here. When all is there, press “Send the corrections”."),
    )
