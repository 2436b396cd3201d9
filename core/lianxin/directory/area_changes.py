"""Changes to the tree of places: import, correction, move, end. Codes change over the years, history stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from tortoise.exceptions import IntegrityError

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.areas import AreaInfo, area_info, below, get_area
from lianxin.directory.models import Area
from lianxin.i18n import N_

_CODE: Final = re.compile(r"[0-9A-Za-z]{1,20}")
_BELOW: Final = ("townships", "villages", "grids", "children")
_KEPT: Final = ("phone", "hours_zh", "hours_en", "address_zh", "address_en")


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """One place to be imported: `parent` is a code, empty at the top. An empty contact keeps what is known."""

    code: str
    parent: str
    name_zh: str
    name_en: str
    kind: str
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AreasLoaded:
    """What an import did."""

    added: int
    changed: int


async def load_areas(raw: Mapping[str, Any], *, valid_from: date) -> AreasLoaded:
    """Imports a county (see `read_areas`); a second run adds what is new and corrects names and contacts.

    Places that the file leaves out stay: only `end_area` ends one. All or nothing.
    """
    entries = read_areas(raw)
    async with unit_of_work():
        known = {row.code: row for row in await Area.filter(code__in=[entry.code for entry in entries], valid_to=None)}
        added = [row for entry in entries if (row := _add(entry, known, valid_from))]
        new = {row.id for row in added}
        changed = [row for entry in entries if (row := _correct(entry, known)) and row.id not in new]
        # One statement a depth: a row's parent must be there before it.
        for depth in sorted({row.path.count("/") for row in added}):
            await Area.bulk_create([row for row in added if row.path.count("/") == depth], batch_size=200)
        for row in changed:
            await row.save()
    return AreasLoaded(len(added), len(changed))


def read_areas(raw: Mapping[str, Any]) -> list[AreaEntry]:
    """The places of a file, each after its parent.

    Shape: `county: {code, name_zh, name_en, kind, …}`, `townships: [{…, villages: [{…, grids: […]}]}]`, and, beside,
    `grids: {<village code>: [{…}]}`. Any place may have `children` instead. Without `kind`, a place is a grid.

    Raises ValueError naming the place that can't be used.
    """
    entries = list(_walk({**raw["county"], "townships": raw.get("townships", ())}, ""))
    for parent, grids in (raw.get("grids") or {}).items():
        entries += [entry for grid in grids for entry in _walk(grid, parent)]
    codes = [entry.code for entry in entries]
    if len(set(codes)) < len(codes):
        double = next(code for code in codes if codes.count(code) > 1)
        raise ValueError(f"the code {double} is there twice: give each place its own")
    return entries


def _walk(place: Mapping[str, Any], parent: str) -> Iterator[AreaEntry]:
    code = str(place.get("code", ""))
    if not _CODE.fullmatch(code) or not place.get("name_zh"):
        raise ValueError(f"{dict(place)!r:.120} needs a code of letters and digits, and a name_zh")
    yield AreaEntry(
        code=code,
        parent=parent,
        name_zh=place["name_zh"],
        name_en=place.get("name_en") or place.get("name_pinyin") or place["name_zh"],
        kind=place.get("kind", "grid"),
        contact={key: str(place[key]) for key in _KEPT if place.get(key)},
    )
    for key in _BELOW:
        for child in place.get(key) or ():
            yield from _walk(child, code)


def _add(entry: AreaEntry, known: dict[str, Area], valid_from: date) -> Area | None:
    if entry.code in known:
        return None
    parent = known.get(entry.parent)
    if entry.parent and parent is None:
        raise ValueError(f"{entry.code} lies in {entry.parent}, which is not in the file")
    path = f"{parent.path if parent else '/'}{entry.code}/"
    row = Area(code=entry.code, path=path, parent_id=parent.id if parent else None, valid_from=valid_from)
    known[entry.code] = row
    return row


def _correct(entry: AreaEntry, known: Mapping[str, Area]) -> Area | None:
    row = known[entry.code]
    wanted = {"name_zh": entry.name_zh, "name_en": entry.name_en, "kind": entry.kind, **entry.contact}
    different = {key: value for key, value in wanted.items() if getattr(row, key, "") != value}
    row.update_from_dict(different)
    return row if different else None


async def add_area(
    code: str, *, name_zh: str, name_en: str, kind: str, parent_id: UUID | None, valid_from: date
) -> AreaInfo:
    """A new place. Raises Refused for a code that can't be, or that another place has now."""
    if not _CODE.fullmatch(code):
        raise Refused(
            "directory.area_code", N_("A code has letters and digits only, 20 at most."), status=422, field="code"
        )
    parent = await get_area(parent_id) if parent_id else None
    row = Area(
        code=code,
        name_zh=name_zh,
        name_en=name_en or name_zh,
        kind=kind,
        parent_id=parent_id,
        path=f"{parent.path if parent else '/'}{code}/",
        valid_from=valid_from,
    )
    async with unit_of_work():
        try:
            await row.save(force_create=True)
        except IntegrityError as taken:
            raise Refused(
                "directory.area_code_taken",
                N_("Another place has the code %(taken)s now. End that one first, or correct the code."),
                field="code",
                taken=code,
            ) from taken
    return area_info(row)


async def change_area(area_id: UUID, **changes: str) -> AreaInfo:
    """Corrects names (`name_zh`, `name_en`) and contact (`phone`, `hours_…`, `address_…`) of a place."""
    unknown = set(changes) - {"name_zh", "name_en", *_KEPT}
    if unknown:
        raise TypeError(f"change_area does not change {sorted(unknown)}")
    async with unit_of_work():
        area = await get_area(area_id)
        if changes:
            await Area.filter(id=area.id).update(**changes)
    return await get_area(area_id)


async def move_area(area_id: UUID, new_parent_id: UUID) -> AreaInfo:
    """Hangs a place, with all below it, under another one. Raises Refused where that would make a circle."""
    async with unit_of_work():
        rows = await _lock((area_id, new_parent_id))
        area, parent = rows[area_id], rows[new_parent_id]
        if parent.path.startswith(area.path):
            raise Refused("directory.area_circle", N_("A place can't lie in itself. Choose another one."), status=422)
        if parent.valid_to is not None:
            raise Refused("directory.area_over", N_("That place has ended. Choose one that exists now."), status=422)
        await _rename_paths(area.path, f"{parent.path}{area.code}/")
        await Area.filter(id=area_id).update(parent_id=new_parent_id)
    return await get_area(area_id)


async def _rename_paths(old: str, new: str) -> None:
    for row in await Area.filter(below(old)).select_for_update():
        await Area.filter(id=row.id).update(path=new + row.path[len(old) :])


async def end_area(area_id: UUID, *, on: date, replaced_by_id: UUID | None = None) -> AreaInfo:
    """Ends a place after the day `on`; what happened there stays. Raises Refused while something lies in it."""
    async with unit_of_work():
        rows = await _lock((area_id,) if replaced_by_id is None else (area_id, replaced_by_id))
        _check_end(rows[area_id], on, rows.get(replaced_by_id) if replaced_by_id else None)
        inside = await Area.filter(parent_id=area_id, valid_to=None).count()
        if inside:
            raise Refused(
                "directory.area_not_empty",
                N_("Other places still lie in it (%(num)s). Move or end them first."),
                num=inside,
            )
        await Area.filter(id=area_id).update(valid_to=on, replaced_by_id=replaced_by_id)
    return await get_area(area_id)


def _check_end(area: Area, on: date, heir: Area | None) -> None:
    if area.valid_to is not None:
        raise Refused("directory.area_over", N_("This place has ended already."))
    if on < area.valid_from:
        raise Refused(
            "directory.area_end", N_("A place can't end before it began. Choose a later day."), status=422, field="on"
        )
    if heir is not None and (heir.id == area.id or heir.valid_to is not None):
        raise Refused(
            "directory.area_heir",
            N_("Choose a place that exists now and is another one."),
            status=422,
            field="replaced_by",
        )


async def _lock(ids: Sequence[UUID]) -> dict[UUID, Area]:
    rows = {row.id: row for row in await Area.filter(id__in=ids).order_by("id").select_for_update()}
    if len(rows) < len(set(ids)):
        raise Refused("directory.no_area", N_("This place is not in the directory."), status=404)
    return rows
