"""Putting an application aside with a slip, and going on by it."""

from __future__ import annotations

from lianxin.api import PUBLIC, SIGNED_IN, FormView, Route, See, Shown, Visit, _, action, mask_name, page, qr_markup
from lianxin_eservices.actions.putting_aside import find_aside, put_aside, take_up
from lianxin_eservices.forms_aside import SlipForm
from lianxin_eservices.models import Draft
from lianxin_eservices.pages_aside import Kept, SlipPage, SlipSheetPage
from lianxin_eservices.queries.drafts import DraftView, view_draft
from lianxin_eservices.routes.apply import DRAFT
from lianxin_eservices.rules.application import steps_of
from lianxin_eservices.rules.putting_aside import shown_code


async def put(visit: Visit, draft: DraftView) -> Shown:
    """Made and shown once, to be printed."""
    slip = await put_aside(draft, by=visit.actor, now=visit.now)
    number, total = _place(draft)
    sheet = SlipSheetPage(
        title=_("To go on with your application"),
        name=draft.name.in_language(visit.language),
        whom=mask_name(draft.whom or draft.answers.name),
        number=number,
        total=total,
        code=shown_code(slip.code),
        address=visit.full_url("eservices:slip"),
        qr=qr_markup(visit.full_url("eservices:slip", code=slip.code)),
        expires_at=slip.expires_at,
        back=visit.url("eservices:question", draft=draft.id, step=draft.open_step),
    )
    return Shown(sheet)


def _place(draft: DraftView) -> tuple[int, int]:
    """Which question is next, of how many; the review is the last."""
    steps = steps_of(draft.asked)
    return steps.index(draft.open_step) + 1, len(steps)


async def show_slip(visit: Visit) -> SlipPage:
    """Two fields. The code may stand in the address, as the QR of the slip has it; the fact never does."""
    return SlipPage(_("Go on with a slip"), _form(visit))


def _form(visit: Visit) -> FormView:
    values = visit.typed_values(SlipForm) or {"code": visit.query("code", longest=40)}
    return visit.form(SlipForm, visit.url("eservices:use_slip"), values)


async def use_slip(visit: Visit, form: SlipForm) -> See | Shown:
    """Where it stopped, for whoever may go on; others are told what is kept and how it goes on."""
    draft_id = await find_aside(form.code, form.fact, address=visit.address, now=visit.now)
    if await take_up(draft_id, by=visit.actor, now=visit.now):
        return See(visit.url("eservices:question", draft=draft_id, step="next"), _("Here it stopped. Go on."))
    row = await Draft.get(id=draft_id)
    draft = await view_draft(row, visit.now)
    number, total = _place(draft)
    again = visit.url("eservices:slip", code=form.code)
    sign_in = "" if visit.actor.person_id else visit.url("account:sign_in", next=again)
    kept = Kept(draft.name.in_language(visit.language), number, total, row.expires_at, sign_in)
    return Shown(SlipPage(_("Go on with a slip"), _form(visit), kept))


ASIDE_ROUTES: tuple[Route, ...] = (
    page("/slip", name="slip", access=PUBLIC, handler=show_slip),
    action("/slip", name="use_slip", access=PUBLIC, handler=use_slip, form=SlipForm, again="slip"),
    action("/draft/{draft}/slip", name="put_aside", access=SIGNED_IN, handler=put, loads={"draft": DRAFT}),
)
