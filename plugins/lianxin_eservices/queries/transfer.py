"""The catalogue, or one item, as a YAML text: written and read back without losing anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

import yaml

from lianxin_eservices.models import Item, ItemVersion
from lianxin_eservices.queries.soundness import all_problems
from lianxin_eservices.rules.catalogue import CatalogueError, item_from_json, item_to_json, parse_catalogue
from lianxin_eservices.rules.item import ServiceItem

SCHEMA: Final = "lianxin.services/1"
BATCH: Final = 500
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_written: dict[str, Any] = {}
"""The last text and the versions that it holds, which never change: a second export costs nothing."""


def write_catalogue(contents: Iterable[dict[str, Any]]) -> str:
    """The text of a file with these items."""
    whole = {"schema": SCHEMA, "services": list(contents)}
    return str(yaml.dump(whole, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120))


def read_catalogue(text: str) -> tuple[ServiceItem, ...]:
    """The items of a file. Raises CatalogueError with everything that is wrong."""
    try:
        raw = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, with libyaml where it is there
    except (yaml.YAMLError, RecursionError) as broken:
        raise CatalogueError(["The file is no YAML: " + str(broken).splitlines()[0]]) from broken
    if isinstance(raw, dict) and raw.get("schema", SCHEMA) != SCHEMA:
        raise CatalogueError([f"The file is of another kind: {str(raw['schema'])[:60]}"])
    items = parse_catalogue(raw)
    faults = [
        f"Item {item.code}: {problem.path}: {problem.english}" for item in items for problem in all_problems(item)
    ]
    if faults:
        raise CatalogueError(faults)
    return items


def as_text(items: Iterable[ServiceItem]) -> str:
    """The same for items in the hand."""
    return write_catalogue(item_to_json(item) for item in items)


async def export_catalogue(code: str = "") -> str:
    """What is live now, in the order of the catalogue; of one item, if asked."""
    rows = Item.filter(state="published", current_id__isnull=False).order_by("position", "code")
    ids = [row.current_id for row in await (rows.filter(code=code) if code else rows)]
    if _written.get("ids") != ids:
        contents: dict[Any, dict[str, Any]] = {}
        for place in range(0, len(ids), BATCH):
            contents |= {row.id: row.content for row in await ItemVersion.filter(id__in=ids[place : place + BATCH])}
        # A database may keep the fields in an order of its own; in a file they stand as in the guide.
        items = [item_from_json(contents[each]) for each in ids if each in contents]
        # Half a second for the whole catalogue: the loop goes on meanwhile.
        text = await asyncio.to_thread(as_text, items)
        _written.update(ids=ids, text=text)
        return text
    return str(_written["text"])
