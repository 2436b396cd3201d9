"""What stands beside every question: somebody calls or looks, the application is put aside with a slip."""

from __future__ import annotations

from dataclasses import replace

from lianxin.api import FormView, Visit
from lianxin_eservices import forms
from lianxin_eservices.actions.calling import knows_number
from lianxin_eservices.forms_acting import CallMeForm
from lianxin_eservices.pages import Beside, CallButton
from lianxin_eservices.pages_showing import Banner
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.showing import shown_now


async def beside(visit: Visit, draft: DraftView, step: str, form: FormView | None = None) -> Beside:
    """For a step of the application, the household's own pages included; `form` is the question's."""
    shown = await banner(visit, draft, step, form)
    show = None
    if shown is not None:
        visit.live_url = visit.url("eservices:showing_live", draft=draft.id)
    elif not draft.desk:
        show = visit.form(forms.EmptyForm, visit.url("eservices:show", draft=draft.id, step=step))
    return Beside(await _calling(visit, draft, step), _putting_aside(visit, draft), show, shown)


async def banner(visit: Visit, draft: DraftView, step: str, form: FormView | None) -> Banner | None:
    """Who sees this page, and at what she points; None while nobody does."""
    now = None if draft.desk else await shown_now(draft.id, visit.now)
    if now is None:
        return None
    places = {"draft": draft.id, "step": step}
    made = Banner(
        now=now,
        stop=visit.form(forms.EmptyForm, visit.url("eservices:stop_showing", **places)),
        address=visit.url("eservices:banner", **places),
    )
    if now.colleague and now.step != step:
        return replace(made, here=visit.form(forms.EmptyForm, visit.url("eservices:show_here", **places)))
    if form is None or now.pointed not in form.fields:
        return made
    field = form.field(now.pointed)
    return replace(made, points_at=str(field.label), field_id=field.id)


async def _calling(visit: Visit, draft: DraftView, step: str) -> CallButton:
    """One press, where we know a number; else the page that asks for one. The desk calls by itself."""
    if draft.desk:
        return CallButton()
    if (draft.answers.phone and not draft.acting) or await knows_number(visit.actor.person_id):
        return CallButton(form=visit.form(CallMeForm, visit.url("eservices:call", draft=draft.id, step=step)))
    return CallButton(href=visit.url("eservices:call_page", draft=draft.id, step=step))


def _putting_aside(visit: Visit, draft: DraftView) -> FormView | None:
    """For whoever writes for somebody else; one's own is kept in one's account."""
    if draft.made_by_id is None:
        return None
    return visit.form(forms.EmptyForm, visit.url("eservices:put_aside", draft=draft.id))
