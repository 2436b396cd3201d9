"""Published guides, read from the tables. What a version says never changes, so it is parsed once a process."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianxin.api import N_, Prepared, Recent, Refused
from lianxin_eservices import data
from lianxin_eservices.models import Item, ItemVersion
from lianxin_eservices.rules.catalogue import (
    item_from_json,
    online_applicable,
    parse_departments,
    parse_life_events,
    parse_target_groups,
)
from lianxin_eservices.rules.item import Department, LifeEvent, ServiceItem, TargetGroup
from lianxin_eservices.rules.search import SearchKeys, search, search_keys

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """A guide as it is published now, or was when a case began."""

    id: UUID
    version_id: UUID
    slug: str
    department: str
    organisation_id: UUID | None
    guide: ServiceItem
    keys: SearchKeys

    @property
    def online(self) -> bool:
        """Whether one can apply without coming."""
        return online_applicable(self.guide)


_parsed: dict[UUID, tuple[ServiceItem, SearchKeys]] = {}
DEPARTMENTS: dict[str, Department] = {one.code: one for one in parse_departments(data.read("departments"))}
LIFE_EVENTS: dict[str, LifeEvent] = {one.code: one for one in parse_life_events(data.read("life_events"))}
TARGET_GROUPS: dict[str, TargetGroup] = {one.code: one for one in parse_target_groups(data.read("target_groups"))}


async def list_published() -> list[PublishedItem]:
    """All published items, in the order of the catalogue: two queries, whatever is new among the versions."""
    rows = await Item.filter(state="published", current_id__isnull=False).order_by("position", "code")
    await _parse({row.current_id for row in rows if row.current_id})
    return [_published(row, row.current_id) for row in rows if row.current_id]


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
    await _parse({row.current_id})
    return _published(row, row.current_id)


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
    await _parse({version_id})
    guide, keys = _parsed[version_id]
    (item,) = await _ITEM_OF_VERSION.rows(version_id=version_id)
    return PublishedItem(**item, version_id=version_id, guide=guide, keys=keys)


async def guide_of_version(version_id: UUID) -> ServiceItem:
    """What that version says, asked of the database once a process."""
    await _parse({version_id})
    return _parsed[version_id][0]


async def find_items(text: str) -> list[PublishedItem]:
    """At most 20, the best first."""
    items = {item.keys.code: item for item in await list_published()}
    return [items[keys.code] for keys in search(text, [item.keys for item in items.values()], most=MOST_FOUND)]


def _published(row: Item, version_id: UUID) -> PublishedItem:
    guide, keys = _parsed[version_id]
    return PublishedItem(row.id, version_id, row.slug, row.department, row.organisation_id, guide, keys)


async def _parse(version_ids: set[UUID]) -> None:
    missing = [each for each in version_ids if each not in _parsed]
    for version in await ItemVersion.filter(id__in=missing) if missing else []:
        guide = item_from_json(version.content)
        _parsed[version.id] = (guide, search_keys(guide))
