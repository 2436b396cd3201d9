"""The community in the header: of the person, else chosen on this browser, else the county."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.access.actor import Actor
from lianxin.directory.areas import AreaInfo, find_area, get_area, list_children, station_of
from lianxin.web.asked import Community

KEPT = timedelta(seconds=10)
_MOST = 2000


class Communities:
    """The communities of a site, each remembered for ten seconds in this process: every page asks for one.

    Whoever changes a telephone sees it in the header ten seconds later at the latest.
    """

    def __init__(self) -> None:
        self._found: dict[object, tuple[datetime, AreaInfo | None]] = {}

    async def community_of(self, actor: Actor, chosen_code: str, now: datetime) -> Community:
        """What the header and the call buttons show. A county without areas yet shows nothing to call."""
        code = chosen_code[:20] if chosen_code.isascii() and chosen_code.isalnum() else ""
        area = await self._station(actor, code, now)
        if area is None:
            return Community("", "", "", "")
        link = area.phone.replace("-", "").replace(" ", "")
        return Community(area.name, area.phone, link, area.hours, area.id, area.address)

    async def _station(self, actor: Actor, code: str, now: datetime) -> AreaInfo | None:
        key = actor.home_area_id or code
        if key in self._found and abs(now - self._found[key][0]) < KEPT:
            return self._found[key][1]
        area = await _area_of(actor, code)
        station = await station_of(area) if area is not None else None
        if len(self._found) >= _MOST:
            self._found.clear()
        self._found[key] = now, station
        return station


async def _area_of(actor: Actor, code: str) -> AreaInfo | None:
    area = await get_area(actor.home_area_id) if actor.home_area_id is not None else None
    if area is None and code:
        area = await find_area(code)
    return area or next(iter(await list_children(None)), None)
