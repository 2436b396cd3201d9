"""The catalogue page: what is offered, grouped as people look for it, or what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.api import Recent
from lianxin_eservices.queries.items import (
    DEPARTMENTS,
    LIFE_EVENTS,
    TARGET_GROUPS,
    PublishedItem,
    find_items,
    list_published,
)
from lianxin_eservices.queries.life import EventRow, event_rows, list_offers
from lianxin_eservices.rules.life import events_for
from lianxin_eservices.rules.plain import Text

WAYS = ("life", "department", "group")
"""Ways to look: by what happens in a life, by office, by whom it is for."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One service in a list."""

    slug: str
    title: str
    fact: str
    icon: str
    online: bool


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A heading with its services; `event` where they can be applied for at once."""

    code: str
    title: str
    icon: str
    rows: tuple[ItemRow, ...]
    event: EventRow | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Either `groups`, or with a query `found`, and `events` that are meant by it."""

    way: str
    query: str
    groups: tuple[ItemGroup, ...]
    found: tuple[ItemRow, ...]
    total: int
    events: tuple[EventRow, ...] = ()


_browsed: Recent[Catalogue] = Recent()


async def browse(way: str, language: str) -> Catalogue:
    """Everything, grouped one way; a group without services is left out. As it was a second ago at most."""
    way = way if way in WAYS else WAYS[0]
    return await _browsed.get((way, language), lambda: _browse(way, language))


async def _browse(way: str, language: str) -> Catalogue:
    items = await list_published()
    titles = _titles(way)
    events = await _events(language)
    groups = []
    for code, (title, icon) in titles.items():
        rows = tuple(item_row(item, language) for item in items if code in _codes(item, way))
        if rows:
            groups.append(ItemGroup(code, title.in_language(language), icon, rows, events.get(code)))
    return Catalogue(way, "", tuple(groups), (), len(items))


async def look_for(text: str, language: str) -> Catalogue:
    """What a search finds, at most 20."""
    found, events = await find_items(text), await _events(language)
    meant = [events[event.code] for event in events_for(text, LIFE_EVENTS.values()) if event.code in events]
    return Catalogue("", text, (), rows_of(found, language), len(found), tuple(meant))


async def _events(language: str) -> dict[str, EventRow]:
    return {row.code: row for row in event_rows(await list_offers(), language)}


def rows_of(items: Sequence[PublishedItem], language: str) -> tuple[ItemRow, ...]:
    """Lines of a list."""
    return tuple(item_row(item, language) for item in items)


def item_row(item: PublishedItem, language: str) -> ItemRow:
    """The name people use first; the official one below it."""
    guide, event = item.guide, LIFE_EVENTS.get(item.guide.life_event)
    icon = event.icon if event else "doc"
    plain, name = guide.plain_name.in_language(language), guide.name.in_language(language)
    fact = DEPARTMENTS[item.department].name.in_language(language)
    return ItemRow(item.slug, plain, fact if plain == name else f"{name} · {fact}", icon, item.online)


async def popular(slugs: str, language: str) -> tuple[ItemRow, ...]:
    """The services that an administrator named, in that order; what is not offered is left out."""
    wanted = [slug.strip() for slug in slugs.split(",") if slug.strip()]
    items = {item.slug: item for item in await list_published()}
    return rows_of([items[slug] for slug in wanted if slug in items], language)


def _titles(way: str) -> dict[str, tuple[Text, str]]:
    if way == "department":
        return {one.code: (one.full_name, one.icon) for one in DEPARTMENTS.values()}
    if way == "group":
        return {one.code: (one.title, "users") for one in TARGET_GROUPS.values()}
    return {one.code: (one.title, one.icon) for one in LIFE_EVENTS.values()}


def _codes(item: PublishedItem, way: str) -> tuple[str, ...]:
    if way == "department":
        return (item.department, *item.guide.co_departments)
    return item.guide.target_groups if way == "group" else (item.guide.life_event,)
