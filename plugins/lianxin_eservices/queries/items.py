"""Published guides, read from the tables. What a version says never changes, so it is parsed once a process.

The catalogue as a whole is kept in the process as long as its mark in the database stays the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from lianxin.api import N_, Prepared, Recent, Refused
from lianxin_eservices import data
from lianxin_eservices.models import Edition, Item, ItemVersion
from lianxin_eservices.rules.catalogue import (
    item_from_json,
    online_applicable,
    parse_departments,
    parse_life_events,
    parse_target_groups,
)
from lianxin_eservices.rules.item import Department, LifeEvent, ServiceItem, TargetGroup
from lianxin_eservices.rules.search_index import SearchIndex
from lianxin_eservices.rules.search_keys import SearchKeys, search_keys

MOST_FOUND: Final = 20
AT_ONCE: Final = 50
"""Guides that are read before whoever else waits has her turn."""
REMEMBERED: Final = 20_000
"""Versions that a process keeps in the hand."""


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """A guide as it is published now, or was when a case began."""

    id: UUID
    version_id: UUID
    slug: str
    department: str
    organisation_id: UUID | None
    guide: ServiceItem

    @property
    def online(self) -> bool:
        """Whether one can apply without coming."""
        return online_applicable(self.guide)


@dataclass(slots=True)
class _Live:
    """All that is offered under one mark of the catalogue; what it is searched by, when somebody has searched."""

    mark: UUID
    items: tuple[PublishedItem, ...]
    index: SearchIndex | None = None
    keys: dict[UUID, SearchKeys] = field(default_factory=dict)


_parsed: dict[UUID, ServiceItem] = {}
_live: dict[str, _Live] = {}
"""The catalogue as this process last read it."""
DEPARTMENTS: dict[str, Department] = {one.code: one for one in parse_departments(data.read("departments"))}
LIFE_EVENTS: dict[str, LifeEvent] = {one.code: one for one in parse_life_events(data.read("life_events"))}
TARGET_GROUPS: dict[str, TargetGroup] = {one.code: one for one in parse_target_groups(data.read("target_groups"))}


_MARK = Prepared(lambda: Edition.all().values("mark"))


async def list_published() -> Sequence[PublishedItem]:
    """All published items, in the order of the catalogue: one query, unless somebody has published since the last."""
    return (await _read_live()).items


async def _read_live() -> _Live:
    rows = await _MARK.rows()
    mark: UUID = rows[0]["mark"] if rows else UUID(int=0)
    live = _live.get("")
    if live is not None and rows and live.mark == mark:
        return live
    found = await Item.filter(state="published", current_id__isnull=False).order_by("position", "code")
    guides = await _parse({row.current_id for row in found if row.current_id})
    items = tuple(_published(row, row.current_id, guides[row.current_id]) for row in found if row.current_id)
    live = _live[""] = _Live(mark, items, keys=live.keys if live is not None else {})
    return live


_found: Recent[PublishedItem | None] = Recent()


async def find_published(slug: str) -> PublishedItem | None:
    """The item that stands under this address: now inside a unit of work, else as it was a second ago at most."""
    return await _found.get(slug, lambda: _find(slug))


async def _find(slug: str) -> PublishedItem | None:
    if not Item.has_room("slug", slug):
        return None
    row = await Item.filter(slug=slug, state="published", current_id__isnull=False).first()
    if row is None or row.current_id is None:
        return None
    guides = await _parse({row.current_id})
    return _published(row, row.current_id, guides[row.current_id])


async def get_published(slug: str) -> PublishedItem:
    """The same; Refused with 404 when there is none."""
    found = await find_published(slug)
    if found is None:
        text = N_("There is no such service, or it is no longer offered. Look in the list, or call us.")
        raise Refused("eservices.no_item", text, status=404)
    return found


_begun_with: Recent[PublishedItem] = Recent()


async def item_of_version(version_id: UUID) -> PublishedItem:
    """The guide under which a case or a draft began, whatever is published today."""
    return await _begun_with.get(version_id, lambda: _of_version(version_id))


# What a version says never changes and is read once a process: only where its item stands is asked again.
_ITEM_OF_VERSION = Prepared(
    lambda version_id: ItemVersion.filter(id=version_id).values(
        id="item_id", slug="item__slug", department="item__department", organisation_id="item__organisation_id"
    ),
    version_id=UUID(int=1),
)


async def _of_version(version_id: UUID) -> PublishedItem:
    guide = await guide_of_version(version_id)
    (item,) = await _ITEM_OF_VERSION.rows(version_id=version_id)
    return PublishedItem(**item, version_id=version_id, guide=guide)


async def guide_of_version(version_id: UUID) -> ServiceItem:
    """What that version says, asked of the database once a process."""
    return (await _parse({version_id}))[version_id]


async def find_items(text: str) -> list[PublishedItem]:
    """At most 20, the best first."""
    live = await _read_live()
    index = live.index or await _index(live)
    items = {item.guide.code: item for item in live.items}
    return [items[keys.code] for keys in index.search(text, most=MOST_FOUND)]


async def _index(live: _Live) -> SearchIndex:
    """Made at the first search after somebody has published; of what did not change nothing is worked out again."""
    keys: dict[UUID, SearchKeys] = {}
    for number, item in enumerate(live.items):
        keys[item.version_id] = live.keys.get(item.version_id) or search_keys(item.guide)
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
    live.keys, live.index = keys, SearchIndex(list(keys.values()))
    return live.index


def _published(row: Item, version_id: UUID, guide: ServiceItem) -> PublishedItem:
    return PublishedItem(row.id, version_id, row.slug, row.department, row.organisation_id, guide)


async def _parse(version_ids: Collection[UUID]) -> dict[UUID, ServiceItem]:
    """These versions; those that this process has not read yet are read in batches."""
    found = {each: _parsed[each] for each in version_ids if each in _parsed}
    missing = [each for each in version_ids if each not in found]
    for place in range(0, len(missing), AT_ONCE):
        for version in await ItemVersion.filter(id__in=missing[place : place + AT_ONCE]):
            found[version.id] = item_from_json(version.content)
    if missing:
        if len(_parsed) > REMEMBERED:
            _parsed.clear()
        _parsed.update(found)
    return found
