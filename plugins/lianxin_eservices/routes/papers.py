"""Kept papers: the page of a person's box, and using one where a photo is asked for."""

from __future__ import annotations

from lianxin.api import Loader, MatterInfo, Refused, See, Visit, _, ngettext
from lianxin_eservices import forms, forms_papers
from lianxin_eservices.actions import keeping_papers
from lianxin_eservices.actions.correcting import add_kept
from lianxin_eservices.models import KeptPaper
from lianxin_eservices.pages_papers import BoxPage
from lianxin_eservices.queries.drafts import DraftView, load_draft
from lianxin_eservices.queries.papers import NOT_KEPT, list_box, load_boxed, not_kept, offered
from lianxin_eservices.routes.papers_offered import kept_for_case
from lianxin_eservices.rules.application import may_stand_at

BOXED = Loader(load_boxed, scoped=False, because="a paper of a box is its person's alone: no grant opens it")


async def show_box(visit: Visit) -> BoxPage:
    """What is kept, until when, and where each was used."""
    rows = tuple(
        (it, visit.form(forms.EmptyForm, visit.url("eservices:remove_paper", boxed=it.id)))
        for it in await list_box(visit)
    )
    return BoxPage(_("My papers"), rows)


async def remove_paper(visit: Visit, boxed: KeptPaper) -> See:
    """One button, and it is gone from the box."""
    await keeping_papers.remove_paper(boxed, now=visit.now)
    return See(
        visit.url("eservices:box"), _("Removed. It is offered no more; applications that used it keep their photos.")
    )


async def use_paper(visit: Visit, form: forms_papers.UsePaperForm, draft: DraftView, step: str) -> See:
    """The kept paper stands where photos would."""
    kept = await offered(draft, step, visit.now) if may_stand_at(step, draft.asked, draft.open_step) else None
    if kept is None:
        raise not_kept()
    await keeping_papers.use_in_draft(draft, step, kept, said_yes=form.said_yes, by=visit.actor, now=visit.now)
    after = await load_draft(visit, str(draft.id))
    count = len(kept.pages)
    return See(
        visit.url("eservices:question", draft=draft.id, step=after.open_step),
        ngettext("Used: %(num)s page of %(paper)s.", "Used: %(num)s pages of %(paper)s.", count, paper=kept.name),
    )


async def correct_by_kept(visit: Visit, matter: MatterInfo, paper: str) -> See:
    """A paper of her box in answer to what is missing."""
    kept = await kept_for_case(visit, matter, paper)
    if kept is None:
        raise Refused("eservices.not_kept", NOT_KEPT, status=403)
    await add_kept(matter, paper, kept, by=visit.actor, now=visit.now)
    return See(
        visit.url("account:matter", code=matter.code),
        _("The photos are here. When all is there, press “Send the corrections”."),
    )
