"""The catalogue, a guide, its paper, its QR."""

from __future__ import annotations

from starlette.responses import Response

from lianxin.api import Loader, Visit, _, qr_markup, qr_svg
from lianxin_eservices.pages import CataloguePage, Chip, GuidePage, PrintPage, SharePage
from lianxin_eservices.queries.catalogue import browse, look_for
from lianxin_eservices.queries.drafts import find_draft
from lianxin_eservices.queries.guide import guide_view
from lianxin_eservices.queries.items import LIFE_EVENTS, PublishedItem, get_published


async def _load(_: object, slug: str) -> PublishedItem:
    return await get_published(slug)


GUIDE = Loader(_load, scoped=False, because="published guides are for everybody")


async def show_catalogue(visit: Visit) -> CataloguePage:
    """All services, or with ?q= those found."""
    asked, way = visit.query("q", longest=60).strip(), visit.query("by", "life", longest=12)
    catalogue = await (look_for(asked, visit.language) if asked else browse(way, visit.language))
    return CataloguePage(_("Services"), catalogue, () if asked else _chips(visit, catalogue.way))


def _chips(visit: Visit, current: str) -> tuple[Chip, ...]:
    titles = {"life": _("By what happens"), "department": _("By office"), "group": _("By who it is for")}
    return tuple(Chip(title, visit.url("eservices:catalogue", by=way), way == current) for way, title in titles.items())


async def show_guide(visit: Visit, item: PublishedItem) -> GuidePage:
    """One service, and where an application that was begun goes on."""
    guide = guide_view(item, visit.language)
    draft = await find_draft(visit.actor.person_ids, item.guide.code)
    resume = visit.url("eservices:question", draft=draft.id, step=draft.step or "next") if draft else ""
    events = tuple(
        (event.code, event.title.in_language(visit.language))
        for event in LIFE_EVENTS.values()
        if item.guide.code in [part.item for part in event.parts]
    )
    return GuidePage(guide.plain_name, guide, resume, _address(visit, item), visit.community.address, events)


async def print_guide(visit: Visit, item: PublishedItem) -> PrintPage:
    """For those who like paper."""
    guide = guide_view(item, visit.language)
    address = _address(visit, item)
    return PrintPage(guide.plain_name, guide, address, qr_markup(address), visit.community.address)


async def share_guide(visit: Visit, item: PublishedItem) -> SharePage:
    """A QR that somebody else photographs."""
    guide, address = guide_view(item, visit.language), _address(visit, item)
    return SharePage(guide.plain_name, guide, address, qr_markup(address))


async def guide_qr(visit: Visit, item: PublishedItem) -> Response:
    """The QR as a picture, for a poster."""
    headers = {"content-disposition": f'inline; filename="{item.slug}.svg"', "cache-control": "public, max-age=3600"}
    return Response(qr_svg(_address(visit, item)), media_type="image/svg+xml", headers=headers)


def _address(visit: Visit, item: PublishedItem) -> str:
    return visit.full_url("eservices:guide", item=item.slug)
