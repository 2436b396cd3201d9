"""What of a person's box is offered where photos are asked for, and the tick by which papers come into it."""

from __future__ import annotations

from lianxin.api import FormView, MatterInfo, Visit, _, get_settings
from lianxin_eservices import forms, forms_papers
from lianxin_eservices.pages_papers import PaperOffer
from lianxin_eservices.queries.case import Asked, material_of
from lianxin_eservices.queries.drafts import DraftView
from lianxin_eservices.queries.papers import Kept, keepable, offered, usable
from lianxin_eservices.rules.papers import keep_text
from lianxin_eservices.settings import EservicesSettings


async def offer_for(visit: Visit, draft: DraftView, step: str) -> PaperOffer | None:
    """What may be used at this step in place of a photo."""
    kept = await offered(draft, step, visit.now)
    if kept is None:
        return None
    form = visit.form(forms_papers.UsePaperForm, visit.url("eservices:use_paper", draft=draft.id, step=step))
    return offer_of(kept, form, desk=draft.desk)


def offer_of(kept: Kept, form: FormView, *, desk: bool) -> PaperOffer:
    """The desk sees the pages when the case is sent, not before."""
    return PaperOffer(kept.name, kept.since, len(kept.pages), () if desk else kept.pictures, desk, form)


async def offers_for_case(visit: Visit, matter: MatterInfo) -> tuple[PaperOffer, ...]:
    """What of her box fits what a case asks for."""
    found = []
    for one in await material_of(matter.id):
        kept = await _fitting(visit, matter, one)
        if kept is not None:
            address = visit.url("eservices:correct_by_kept", matter=matter.code, paper=one.material.code)
            found.append(offer_of(kept, visit.form(forms.EmptyForm, address), desk=False))
    return tuple(found)


async def kept_for_case(visit: Visit, matter: MatterInfo, code: str) -> Kept | None:
    """The kept paper for one paper of a case; None where it is not asked for, or nothing is kept."""
    asked = [one for one in await material_of(matter.id) if one.material.code == code]
    return await _fitting(visit, matter, asked[0]) if asked else None


async def _fitting(visit: Visit, matter: MatterInfo, one: Asked) -> Kept | None:
    """Only for the applicant herself: nobody uses another's box."""
    if matter.applicant_id is None or matter.applicant_id not in visit.actor.person_ids:
        return None
    kept = await usable(matter.applicant_id, one.material, visit.now)
    return None if kept is None or set(kept.pages) <= set(one.files) else kept


async def keep_form(visit: Visit, draft: DraftView, action: str) -> FormView:
    """The form that sends; what she agrees to by the tick stands beside it in full."""
    names = tuple(material.name.in_language(visit.language) for _, material, _ in await keepable(draft))
    usual = (await get_settings(EservicesSettings)).paper_months
    hints = {"keep": keep_text(names, usual, visit.language)}
    labels = {"keep": _("I read this out, and the person wants these papers kept")} if draft.desk else {}
    return visit.form(forms_papers.KeepForm, action, labels=labels, hints=hints)
