"""The receipt: we have it, or what was sent at once; the codes, and what happens next at which office."""

from __future__ import annotations

from lianxin.api import MatterInfo, Visit, _, load_matter, qr_markup, show_code
from lianxin_eservices.pages import ReceiptPage, ReceiptPart
from lianxin_eservices.queries.authorisations import acted_for
from lianxin_eservices.queries.case import MyCase, my_case
from lianxin_eservices.queries.siblings import matters_of, seen_of, together_of
from lianxin_eservices.routes.notices import later_form


async def show_receipt(visit: Visit, matter: MatterInfo) -> ReceiptPage:
    """Of one matter, and of those that were sent with it as far as this visitor may see them."""
    others = await together_of(matter, visit.actor, visit.now)
    ids = await matters_of(matter.id) if others else [matter.id]
    seen = await seen_of(ids, visit.actor)
    mine = [(each, await my_case(visit, each)) for each in [await load_matter(one) for one in ids if one in seen]]
    status = visit.full_url("eservices:status", code="" if others else matter.code)
    return ReceiptPage(
        title=_("We have your applications") if len(mine) > 1 else _("We have your application"),
        name=others.name if others else matter.title,
        parts=tuple(_part(visit, each, case) for each, case in mine),
        at=matter.created_at,
        bring=tuple(dict.fromkeys(paper for _each, case in mine for paper in _to_bring(case))),
        station_address=visit.community.address,
        for_desk=visit.staff and matter.made_by_id not in visit.actor.person_ids,
        acting_for=await acted_for(visit, matter),
        status_address=status,
        status_qr=qr_markup(status),
        later=later_form(visit, matter, None),
    )


def _part(visit: Visit, matter: MatterInfo, mine: MyCase) -> ReceiptPart:
    address = visit.full_url("portal:code", code=matter.code)
    shown = show_code(matter.code)
    return ReceiptPart(matter.title, shown, matter.code, qr_markup(address), address, mine.case.stages)


def _to_bring(mine: MyCase) -> list[str]:
    return [paper.name for paper in mine.case.papers if paper.tag == "wait" and not paper.ours]
