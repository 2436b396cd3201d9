"""What addresses name, and which day it is at the station."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from lianxin.api import N_, AreaInfo, Loader, Refused, Visit, find_area, get_area
from lianxin_counter.access import SERVE
from lianxin_counter.models import Slip


def today(visit: Visit) -> date:
    """The day on which the numbers count."""
    return visit.now.astimezone(ZoneInfo(visit.site.config.zone)).date()


async def _area(_: Visit, text: str) -> AreaInfo:
    area = await find_area(text) if text.isascii() and text.isalnum() else None
    if area is None:
        raise Refused("counter.no_station", N_("There is no such station."), status=404)
    return area


async def _by_code(_: Visit, text: str) -> Slip:
    slip = await Slip.filter(code=text).select_related("counter").first() if Slip.has_room("code", text) else None
    if slip is None:
        raise _no_slip()
    return slip


async def _by_id(visit: Visit, text: str) -> Slip:
    """A slip of a station where this colleague serves."""
    try:
        slip = await Slip.filter(id=UUID(text)).select_related("counter").first()
    except ValueError:
        slip = None
    if slip is None or not await may_serve(visit, slip.area_id):
        raise _no_slip()
    return slip


async def may_serve(visit: Visit, area_id: UUID) -> bool:
    """Whether this colleague serves at that station."""
    return visit.staff and visit.actor.may(SERVE, area_path=(await get_area(area_id)).path)


def _no_slip() -> Refused:
    return Refused("counter.no_slip", N_("This number is not there. Numbers count for one day."), status=404)


AREA = Loader(_area, scoped=False, because="stations are public")
CODE = Loader(_by_code, scoped=False, because="whoever holds the slip has its code of 12 characters; it names nobody")
SLIP = Loader(_by_id)
