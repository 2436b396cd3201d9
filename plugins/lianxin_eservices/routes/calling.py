"""Call me: from any step of an application, and about one that was sent."""

from __future__ import annotations

from lianxin.api import MatterInfo, Refused, See, Visit, _
from lianxin_eservices.actions import calling
from lianxin_eservices.forms_acting import CallMeForm
from lianxin_eservices.pages_acting import CallMePage
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.rules.application import known_step


async def show_call(visit: Visit, draft: DraftView, step: str) -> CallMePage:
    """Which number, where we know none."""
    form = visit.form(CallMeForm, visit.url("eservices:call", draft=draft.id, step=step))
    back = visit.url("eservices:question", draft=draft.id, step=step)
    return CallMePage(_("Call me"), draft.name.in_language(visit.language), back, form)


async def call(visit: Visit, form: CallMeForm, draft: DraftView, step: str) -> See:
    """One press; the page stays where it was."""
    if draft.desk:
        raise Refused("eservices.at_desk", _("You are the desk: call from here."), status=403)
    step = known_step(step, draft.asked, draft.open_step)
    phone = form.phone or ("" if draft.acting else draft.answers.phone or "")
    area = draft.answers.area
    await calling.ask_call(draft.item, by=visit.actor, step=step, phone=phone, area=area, now=visit.now)
    return See(visit.url("eservices:question", draft=draft.id, step=step), _told())


async def call_about(visit: Visit, matter: MatterInfo) -> See:
    """About an application that was sent."""
    if not {matter.applicant_id, matter.made_by_id} & set(visit.actor.person_ids):
        raise Refused("eservices.not_hers", _("This is for the applicant. Call from the desk."), status=403)
    await calling.ask_call_about(matter, by=visit.actor, now=visit.now)
    return See(visit.url("account:matter", code=matter.code), _told())


def _told() -> str:
    return _("We call you by the next working day. Keep the phone near you; you can go on meanwhile.")
