"""Putting guides into the tables: a changed guide is a new version, the old one stays for those who began with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from lianxin.api import N_, Refused, list_organisations, unit_of_work
from lianxin_eservices import data
from lianxin_eservices.models import Edition, Item, ItemVersion, Publication
from lianxin_eservices.models_catalogue import THE_ONE
from lianxin_eservices.queries.items import LIFE_EVENTS
from lianxin_eservices.rules.catalogue import CatalogueError, item_to_json, parse_catalogue
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.life import faults_of_events

PUBLISHED: Final = "published"
BATCH: Final = 500
UPDATE_BATCH: Final = 100
"""An update of several rows at once has a CASE for each: more in one cost more than one by one."""
LOADED: Final = "Loaded from a file"


async def publish_items(
    items: Iterable[ServiceItem],
    *,
    now: datetime,
    by_id: UUID | None = None,
    reason: str = LOADED,
    reorder: bool = True,
) -> int:
    """Publishes these guides as a whole, each under its own address. Answers how many changed.

    What says the same as the live version stays; guides that are not among them stay as they are. The number of
    queries does not grow with each guide: everything is read and written in batches. `reorder`: the catalogue stands
    in this order from now on.
    """
    guides = list(items)
    async with unit_of_work():
        rows = {row.code: row for row in await Item.all()}
        offices = {one.code: one.id for one in await list_organisations()}
        live = await _contents([row.current_id for row in rows.values() if row.current_id])
        numbers = await _last_numbers()
        changes = _Changes(now, by_id, reason)
        for place, guide in enumerate(guides):
            row = rows.get(guide.code)
            position = place if reorder or row is None else row.position
            if row is None:
                row = rows[guide.code] = Item(code=guide.code, state=PUBLISHED)
                changes.new.append(row)
            content = item_to_json(guide)
            if row.current_id is None or live.get(row.current_id) != content:
                changes.add(row, content, numbers.get(row.id, 0) + 1)
            elif row.position != position:
                changes.moved.append(row)
            row.slug, row.department, row.position = guide.slug, guide.department, position
            row.organisation_id = offices.get(guide.department, row.organisation_id)
        await changes.write()
        if changes.changed or changes.moved:
            await mark_edition()
    return len(changes.versions)


async def mark_edition() -> None:
    """In the unit of work that changes what is offered: whoever has the catalogue in the hand reads it anew."""
    if not await Edition.filter(id=THE_ONE).update(mark=uuid4()):
        await Edition.create(id=THE_ONE, mark=uuid4())


class _Changes:
    """What publishing writes, gathered so that it is written at once."""

    def __init__(self, now: datetime, by_id: UUID | None, reason: str) -> None:
        self.now, self.by_id, self.reason = now, by_id, reason
        self.new: list[Item] = []
        self.changed: list[Item] = []
        self.moved: list[Item] = []
        self.versions: list[ItemVersion] = []
        self.lines: list[Publication] = []

    def add(self, row: Item, content: dict[str, Any], number: int) -> None:
        """A new version of this item, which becomes the live one."""
        version = ItemVersion(item_id=row.id, number=number, content=content, published_at=self.now)
        self.versions.append(version)
        self.lines.append(line_of(row.id, version.id, PUBLISHED, by_id=self.by_id, reason=self.reason, now=self.now))
        row.current_id = version.id
        self.changed.append(row)

    async def write(self) -> None:
        """Items first: versions point to them, and the history to both."""
        await Item.bulk_create(self.new, batch_size=BATCH)
        await ItemVersion.bulk_create(self.versions, batch_size=BATCH)
        await Publication.bulk_create(self.lines, batch_size=BATCH)
        made = {row.id for row in self.new}
        old = [row for row in (*self.changed, *self.moved) if row.id not in made]
        if old:
            fields = ["current_id", "slug", "department", "position", "organisation_id"]
            await Item.bulk_update(old, fields, batch_size=UPDATE_BATCH)


def line_of(
    item_id: UUID, version_id: UUID, deed: str, *, by_id: UUID | None, reason: str, now: datetime
) -> Publication:
    """A line of the item's history, not yet written."""
    return Publication(item_id=item_id, version_id=version_id, deed=deed, by_id=by_id, reason=reason, at=now)


async def _contents(version_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for place in range(0, len(version_ids), BATCH):
        rows = await ItemVersion.filter(id__in=version_ids[place : place + BATCH])
        found |= {row.id: row.content for row in rows}
    return found


async def _last_numbers() -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for item_id, number in await ItemVersion.all().values_list("item_id", "number"):
        numbers[item_id] = max(number, numbers.get(item_id, 0))
    return numbers


async def load_catalogue(*, now: datetime) -> int:
    """The catalogue as it ships; what somebody here has published since stays hers. Raises CatalogueError."""
    rows = await Publication.filter(by_id__isnull=False).select_related("item")
    ours = {row.item.code for row in rows}
    shipped = parse_catalogue(data.read("services"))
    faults = faults_of_events(LIFE_EVENTS.values(), {item.code: item for item in shipped})
    if faults:
        raise CatalogueError(faults)
    items = [item for item in shipped if item.code not in ours]
    return await publish_items(items, now=now, reorder=not ours)


async def check_slugs(rows: Sequence[tuple[UUID, str]]) -> None:
    """Refused when an address of these (item, slug) belongs to another item. The index has the last word."""
    wanted = {slug: item_id for item_id, slug in rows}
    for row in await Item.filter(slug__in=list(wanted)):
        if row.id != wanted[row.slug]:
            text = N_("The address “%(slug)s” belongs to another service: %(other)s.")
            raise Refused("eservices.slug_taken", text, status=422, field="slug", slug=row.slug, other=row.code)
