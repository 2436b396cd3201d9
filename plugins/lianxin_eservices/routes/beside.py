"""What stands beside every question: somebody calls, the application is put aside with a slip."""

from __future__ import annotations

from lianxin.api import FormView, Visit
from lianxin_eservices import forms
from lianxin_eservices.actions.calling import knows_number
from lianxin_eservices.forms_acting import CallMeForm
from lianxin_eservices.pages import Beside, CallButton
from lianxin_eservices.queries.drafts import DraftView


async def beside(visit: Visit, draft: DraftView, step: str) -> Beside:
    """For a step of the application, the household's own pages included."""
    return Beside(await _calling(visit, draft, step), _putting_aside(visit, draft))


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
