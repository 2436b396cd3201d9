"""Written notices: on the screen, as a sheet to print, as a PDF."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from starlette.responses import Response

from lianxin.api import N_, FormView, MatterInfo, Refused, Visit, _
from lianxin_eservices.access import READ
from lianxin_eservices.documents.drawing import draw_pdf
from lianxin_eservices.forms_printing import PrintLaterForm
from lianxin_eservices.pages_notices import NoticePage, NoticePrintPage
from lianxin_eservices.queries.notices import NoticeRow, list_notices, read_notice
from lianxin_eservices.rules.notices import NoticeText


async def show_notice(visit: Visit, matter: MatterInfo) -> NoticePage:
    """The newest of the case, or the one that is asked for."""
    rows = await list_notices(matter.id)
    row = _chosen(visit, rows)
    return NoticePage(
        title=row.title if row else _("Written notices"),
        name=matter.title,
        code=matter.code,
        back=_matter_page(visit, matter),
        which=str(row.id) if row else "",
        notice=await _read(visit, matter, row) if row else None,
        others=tuple(each for each in rows if row is None or each.id != row.id),
        later=later_form(visit, matter, row) if row else None,
    )


def later_form(visit: Visit, matter: MatterInfo, row: NoticeRow | None) -> FormView | None:
    """For whoever works at the desk: a notice, or the receipt, goes on her print list."""
    if not visit.actor.may(READ):
        return None
    values = {"which": row.id} if row else {}
    return visit.form(PrintLaterForm, visit.url("eservices:print_later", matter=matter.code), values)


async def print_notice(visit: Visit, matter: MatterInfo) -> NoticePrintPage:
    """A sheet of paper."""
    row = _there(_chosen(visit, await list_notices(matter.id)))
    back = visit.url("eservices:notice", matter=matter.code, which=row.id)
    return NoticePrintPage(f"{row.title} {row.number}", back, await _read(visit, matter, row))


async def notice_pdf(visit: Visit, matter: MatterInfo) -> Response:
    """The same text every time, drawn anew from what was kept."""
    row = _there(_chosen(visit, await list_notices(matter.id)))
    drawn = await draw_pdf(await _read(visit, matter, row))
    name = quote(f"{row.title} {row.number}.pdf")
    headers = {
        "content-disposition": f"attachment; filename=\"notice.pdf\"; filename*=UTF-8''{name}",
        "cache-control": "private, no-store",
    }
    return Response(drawn, media_type="application/pdf", headers=headers)


def _chosen(visit: Visit, rows: tuple[NoticeRow, ...]) -> NoticeRow | None:
    asked = visit.query("which", longest=40)
    if not asked:
        return rows[0] if rows else None
    return _there(next((row for row in rows if str(row.id) == asked), None))


def _there(row: NoticeRow | None) -> NoticeRow:
    if row is None:
        raise Refused("eservices.no_notice", N_("This notice is not there, or you may not see it."), status=404)
    return row


async def _read(visit: Visit, matter: MatterInfo, row: NoticeRow) -> NoticeText:
    return await read_notice(matter, UUID(str(row.id)), by=visit.actor, now=visit.now, request_id=visit.request_id)


def _matter_page(visit: Visit, matter: MatterInfo) -> str:
    mine = visit.actor.person_id is not None and not visit.actor.staff
    return visit.url("account:matter" if mine else "desk:matter", code=matter.code)
