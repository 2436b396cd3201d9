"""The clerk's print list: put aside while working, printed in one go."""

from __future__ import annotations

from uuid import UUID

from lianxin.api import (
    MatterInfo,
    See,
    Visit,
    _,
    format_datetime,
    load_matter,
    ngettext,
    qr_markup,
    show_code,
)
from lianxin_eservices.actions import printing as do
from lianxin_eservices.forms_printing import PrintedForm, PrintLaterForm, TakeOutForm
from lianxin_eservices.pages_printing import PaperSheet, ReceiptSheet, SheetsPage, ToPrintPage
from lianxin_eservices.queries.case import my_case
from lianxin_eservices.queries.notices import read_notice
from lianxin_eservices.queries.printing import Sheet, count_to_print, list_to_print


async def print_later(visit: Visit, form: PrintLaterForm, matter: MatterInfo) -> See:
    """Put aside; the clerk stays where she was."""
    if form.which is not None:
        await read_notice(matter, form.which, by=visit.actor, now=visit.now, request_id=visit.request_id)
    await do.print_later(_clerk(visit), matter.id, form.which, now=visit.now)
    told = _("It is on your print list.")
    if form.which is None:
        return See(visit.url("eservices:receipt", matter=matter.code), told)
    return See(visit.url("eservices:notice", matter=matter.code, which=form.which), told)


def _clerk(visit: Visit) -> UUID:
    person_id = visit.actor.person_id
    assert person_id is not None  # the route asks for a permission, which nobody in particular does not hold
    return person_id


async def show_list(visit: Visit) -> ToPrintPage:
    """What lies there."""
    take_out = visit.form(TakeOutForm, visit.url("eservices:take_out_sheet"))
    return ToPrintPage(_("To print"), await list_to_print(visit.actor), take_out)


async def show_sheets(visit: Visit) -> SheetsPage | See:
    """One job: every sheet on this page."""
    lines = await list_to_print(visit.actor)
    if not lines:
        return See(visit.url("eservices:to_print"))
    sheets = [await _paper(visit, line) for line in lines]
    form = visit.form(PrintedForm, visit.url("eservices:printed"))
    title = ngettext("%(num)s sheet to print", "%(num)s sheets to print", len(sheets))
    return SheetsPage(title, visit.url("eservices:to_print"), sheets, form)


async def _paper(visit: Visit, line: Sheet) -> PaperSheet:
    matter = await load_matter(line.matter_id)
    if line.notice_id is None:
        return PaperSheet(str(line.id), None, await _receipt(visit, matter))
    notice = await read_notice(matter, line.notice_id, by=visit.actor, now=visit.now, request_id=visit.request_id)
    return PaperSheet(str(line.id), notice, None)


async def _receipt(visit: Visit, matter: MatterInfo) -> ReceiptSheet:
    mine = await my_case(visit, matter)
    address = visit.full_url("eservices:status", code=matter.code)
    return ReceiptSheet(
        name=matter.title,
        code=show_code(matter.code),
        sent=format_datetime(matter.created_at),
        bring=tuple(paper.name for paper in mine.case.papers if paper.tag == "wait" and not paper.ours),
        qr=qr_markup(address),
        address=address,
    )


async def printed(visit: Visit, form: PrintedForm) -> See:
    """They are on paper, and leave the list."""
    await do.mark_printed(_clerk(visit), form.sheets, now=visit.now)
    return See(visit.url("eservices:to_print"), _("Marked as printed."))


async def take_out(visit: Visit, form: TakeOutForm) -> See:
    """Not to be printed after all."""
    await do.take_out(_clerk(visit), form.line)
    return See(visit.url("eservices:to_print"), _("Taken out of the list."))


async def count_sheets(visit: Visit) -> int:
    """For the badge."""
    return await count_to_print(visit.actor.person_id)
