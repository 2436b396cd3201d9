"""Putting guides into the tables: a changed guide is a new version, the old one stays for those who began with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lianxin.api import find_organisation, unit_of_work
from lianxin_eservices import data
from lianxin_eservices.models import Item, ItemVersion
from lianxin_eservices.rules.catalogue import item_to_json, parse_catalogue
from lianxin_eservices.rules.item import ServiceItem


async def publish_items(items: Iterable[ServiceItem], *, now: datetime) -> int:
    """Publishes these guides, each under its own address. What says the same as before stays. Answers how many changed.

    Guides that are not among them stay published.
    """
    changed = 0
    async with unit_of_work():
        rows = {row.code: row for row in await Item.all()}
        for position, guide in enumerate(items):
            changed += await _publish(rows.get(guide.code), guide, position, now)
    return changed


async def load_catalogue(*, now: datetime) -> int:
    """The catalogue as it ships. Raises CatalogueError."""
    return await publish_items(parse_catalogue(data.read("services")), now=now)


async def _publish(row: Item | None, guide: ServiceItem, position: int, now: datetime) -> bool:
    content = item_to_json(guide)
    if row is None:
        organisation = await find_organisation(guide.department)
        row = Item(
            code=guide.code,
            slug=guide.slug,
            department=guide.department,
            organisation_id=organisation.id if organisation else None,
            position=position,
        )
        await row.save(force_create=True)
    last = await ItemVersion.filter(item_id=row.id).order_by("-number").first()
    if last is not None and last.content == content:
        return False
    number = last.number + 1 if last else 1
    version = await ItemVersion.create(item_id=row.id, number=number, content=content, published_at=now)
    await Item.filter(id=row.id).update(
        current_id=version.id, slug=guide.slug, department=guide.department, position=position
    )
    return True
