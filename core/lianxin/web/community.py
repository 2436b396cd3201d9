"""The community in the header: of the person, else chosen on this browser, else the county."""

from __future__ import annotations

from lianxin.access.actor import Actor
from lianxin.directory.areas import AreaInfo, find_area, get_area, list_children, station_of
from lianxin.web.site import Site
from lianxin.web.visit import Community


async def community_of(actor: Actor, chosen_code: str, site: Site) -> Community:
    """What the header and the call buttons show. A county without areas yet shows nothing to call."""
    area: AreaInfo | None = None
    if actor.home_area_id is not None:
        area = await get_area(actor.home_area_id)
    elif chosen_code.isascii() and chosen_code.isalnum():
        area = await find_area(chosen_code[:20])
    if area is None:
        area = next(iter(await list_children(None)), None)
    if area is None:
        return Community("", "", "", "")
    area = await station_of(area)
    return Community(
        area.name, area.phone, area.phone.replace("-", "").replace(" ", ""), area.hours, area.id, area.address
    )
