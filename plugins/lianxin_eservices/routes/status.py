"""How it stands, without an account; and a copy on paper with a code by phone."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import FormView, MatterInfo, Shown, Visit, _, card_of, format_date, load_matter, show_code
from lianxin_eservices.actions import asking_status as do
from lianxin_eservices.forms_acting import AskCopyForm, CopyForm, StatusForm
from lianxin_eservices.pages_acting import CopyPage, Standing, StatusPage
from lianxin_eservices.queries.case import MyCase, my_case
from lianxin_eservices.queries.standing import says_of


async def show_status(visit: Visit) -> StatusPage:
    """Two fields. The code may stand in the address, as the QR of a receipt has it; the digits never do."""
    values = visit.typed_values(StatusForm) or {"code": visit.query("code", longest=12)}
    form = visit.form(StatusForm, visit.url("eservices:ask_status"), values)
    # A wrong code from the telephone comes back here: what was typed before it goes along.
    typed = visit.typed_values(CopyForm)
    copy = visit.form(CopyForm, visit.url("eservices:copy"), typed) if "sent" in typed else None
    return StatusPage(_("How does it stand?"), form, copy=copy)


async def ask_status(visit: Visit, form: StatusForm) -> Shown:
    """How it stands and what happens next."""
    return Shown(await _page(visit, form, asks=True))


async def ask_copy(visit: Visit, form: AskCopyForm) -> Shown:
    """Sends a code to the telephone that we know."""
    await do.send_copy_code(await _find(visit, form), now=visit.now)
    return Shown(await _page(visit, form, asks=False))


async def show_copy(visit: Visit, form: CopyForm) -> Shown:
    """What was submitted, for the printer."""
    matter_id = await _find(visit, form)
    await do.check_copy_code(matter_id, form.sent, by=visit.actor, now=visit.now)
    matter = await load_matter(matter_id)
    mine = await my_case(visit, matter)
    card = await card_of(matter.applicant_id, masked=False) if matter.applicant_id else None
    facts = [(_("Code"), show_code(matter.code)), (_("Sent"), format_date(matter.created_at))]
    if card is not None:
        facts += [(_("Name"), card.name), (_("ID number"), card.id_number), (_("Phone"), card.phone)]
    page = CopyPage(
        title=_("Copy of your application"),
        it=_standing(matter, mine, visit),
        facts=(*((label, text) for label, text in facts if text), *mine.case.extras),
        papers=tuple(paper for paper in mine.case.papers if paper.applies and not paper.ours),
    )
    return Shown(page)


async def _find(visit: Visit, form: StatusForm) -> UUID:
    return await do.find_standing(form.code, form.digits, address=visit.address, now=visit.now)


async def _page(visit: Visit, form: StatusForm, *, asks: bool) -> StatusPage:
    matter = await load_matter(await _find(visit, form))
    values = {"code": form.code, "digits": form.digits}

    def again(model: type[StatusForm], name: str) -> FormView:
        return visit.form(model, visit.url(f"eservices:{name}"), values)

    return StatusPage(
        title=_("How does it stand?"),
        form=visit.form(StatusForm, visit.url("eservices:ask_status")),
        it=_standing(matter, await my_case(visit, matter), visit),
        ask=again(AskCopyForm, "ask_copy") if asks else None,
        copy=None if asks else again(CopyForm, "copy"),
    )


def _standing(matter: MatterInfo, mine: MyCase, visit: Visit) -> Standing:
    return Standing(
        code=show_code(matter.code),
        name=matter.title,
        state=str(matter.state.title),
        tag=matter.state.tag,
        says=says_of(matter, visit.now),
        stages=mine.case.stages,
        sent_at=matter.created_at,
    )
