"""The tree of places: what is asked of it. Changes are in `area_changes`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from tortoise.expressions import Q

from lianxin.declarations import Refused
from lianxin.directory.models import Area
from lianxin.i18n import N_, language

_AFTER_SLASH: Final = "0"  # the character that follows "/" in byte order


@dataclass(frozen=True, slots=True)
class AreaInfo:
    """A place as it stands in the tree. `path` begins and ends with "/" and holds the codes from the top down."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    kind: str
    path: str
    parent_id: UUID | None
    phone: str
    hours_zh: str
    hours_en: str
    address_zh: str
    address_en: str
    valid_from: date
    valid_to: date | None
    replaced_by_id: UUID | None

    @property
    def name(self) -> str:
        """In the language spoken now."""
        return _spoken(self.name_zh, self.name_en)

    @property
    def hours(self) -> str:
        """When the station is open, in the language spoken now."""
        return _spoken(self.hours_zh, self.hours_en)

    @property
    def address(self) -> str:
        """Where the station is, in the language spoken now."""
        return _spoken(self.address_zh, self.address_en)

    @property
    def ended(self) -> bool:
        """Whether the place is history: kept for what happened there, offered to nobody."""
        return self.valid_to is not None

    def covers(self, path: str) -> bool:
        """Whether the place of that path is this one or lies below it."""
        return path.startswith(self.path)


def _spoken(zh: str, en: str) -> str:
    return (en or zh) if language.get() == "en" else (zh or en)


def area_info(row: Area) -> AreaInfo:
    """The row, closed."""
    return AreaInfo(
        id=row.id,
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        kind=row.kind,
        path=row.path,
        parent_id=row.parent_id,
        phone=row.phone,
        hours_zh=row.hours_zh,
        hours_en=row.hours_en,
        address_zh=row.address_zh,
        address_en=row.address_en,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        replaced_by_id=row.replaced_by_id,
    )


def path_range(path: str) -> tuple[str, str]:
    """Paths p with low <= p < high are those of the place and of all below it; compared byte by byte.

    A path ends with "/", so whatever begins with it sorts before the same text with the next character in its place.
    """
    if not path.startswith("/") or not path.endswith("/"):
        raise ValueError(f"{path!r} is no path of an area: it begins and ends with a slash")
    return path, path[:-1] + _AFTER_SLASH


def below(path: str, prefix: str = "") -> Q:
    """The condition "this place or below it"; `prefix` leads to the area from another table (`area__`)."""
    low, high = path_range(path)
    return Q(**{f"{prefix}path__gte": low, f"{prefix}path__lt": high})


async def get_area(area_id: UUID) -> AreaInfo:
    """The place, ended or not. Raises Refused (404) when there is none."""
    row = await Area.get_or_none(id=area_id)
    if row is None:
        raise Refused("directory.no_area", N_("This place is not in the directory."), status=404)
    return area_info(row)


async def find_area(code: str) -> AreaInfo | None:
    """The place that has this code now."""
    row = await Area.get_or_none(code=code, valid_to=None) if Area.has_room("code", code) else None
    return None if row is None else area_info(row)


async def areas_of(area_ids: Iterable[UUID]) -> dict[UUID, AreaInfo]:
    """Several places by id, ended ones too, in one query."""
    return {row.id: area_info(row) for row in await Area.filter(id__in=set(area_ids))}


async def list_children(parent_id: UUID | None) -> list[AreaInfo]:
    """The places right below, as they are now, by code; without a parent, the top ones."""
    return [area_info(row) for row in await Area.filter(parent_id=parent_id, valid_to=None).order_by("code")]


async def list_below(path: str, kinds: Iterable[str] = (), *, limit: int = 1000) -> list[AreaInfo]:
    """The place and all below it, as they are now, in the order of the tree; of some kinds only, if named."""
    query = Area.filter(below(path), valid_to=None)
    wanted = tuple(kinds)
    if wanted:
        query = query.filter(kind__in=wanted)
    return [area_info(row) for row in await query.order_by("path").limit(limit)]


async def list_history(code: str) -> list[AreaInfo]:
    """Every place that ever had this code, the latest first."""
    if not Area.has_room("code", code):
        return []
    return [area_info(row) for row in await Area.filter(code=code).order_by("-valid_from", "-id")]


async def ancestors(area: AreaInfo) -> list[AreaInfo]:
    """The places above, the top one first."""
    parts = area.path.strip("/").split("/")
    paths = ["/" + "/".join(parts[:length]) + "/" for length in range(1, len(parts))]
    rows = {row.id: area_info(row) for row in await Area.filter(path__in=paths)} if paths else {}
    above: list[AreaInfo] = []
    parent = rows.get(area.parent_id) if area.parent_id else None
    while parent is not None:
        above.append(parent)
        parent = rows.get(parent.parent_id) if parent.parent_id else None
    return above[::-1]


async def area_ladder(area_id: UUID) -> tuple[UUID, ...]:
    """The place and those above it, nearest first: where a setting or a telephone is looked up. Empty if unknown."""
    row = await Area.get_or_none(id=area_id)
    if row is None:
        return ()
    area = area_info(row)
    return (area.id, *(above.id for above in reversed(await ancestors(area))))


async def station_of(area: AreaInfo) -> AreaInfo:
    """The nearest place, from this one upwards, whose station has a telephone; this one if none has."""
    if area.phone:
        return area
    return next((above for above in reversed(await ancestors(area)) if above.phone), area)
