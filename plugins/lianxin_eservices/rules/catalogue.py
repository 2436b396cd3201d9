"""From raw data to a checked catalogue, and the questions one asks of an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from lianxin_eservices.rules.faults import faults_of as faults_of
from lianxin_eservices.rules.item import Audience, Department, LifeEvent, ServiceItem, TargetGroup
from lianxin_eservices.rules.plain import Unreadable, read, write

Entry = TypeVar("Entry")


class CatalogueError(ValueError):
    """Everything wrong with a catalogue at once: each fault a sentence naming item and field."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def parse_catalogue(raw: dict[str, Any]) -> tuple[ServiceItem, ...]:
    """Reads `{services: [...]}`; raises CatalogueError with every fault of every item."""
    items, faults = _parse_all(ServiceItem, raw, "services")
    for item in items:
        faults += faults_of(item)
    faults += _repeated(items, "code", lambda item: item.code)
    faults += _repeated(items, "slug", lambda item: item.slug)
    if faults:
        raise CatalogueError(faults)
    return tuple(items)


def parse_departments(raw: dict[str, Any]) -> tuple[Department, ...]:
    """Reads `{departments: [...]}`; raises CatalogueError."""
    return _parse_list(Department, raw, "departments", lambda one: one.code)


def parse_life_events(raw: dict[str, Any]) -> tuple[LifeEvent, ...]:
    """Reads `{life_events: [...]}`, in the order of the page; raises CatalogueError."""
    return _parse_list(LifeEvent, raw, "life_events", lambda one: one.code)


def parse_target_groups(raw: dict[str, Any]) -> tuple[TargetGroup, ...]:
    """Reads `{target_groups: [...]}`; raises CatalogueError."""
    return _parse_list(TargetGroup, raw, "target_groups", lambda one: one.code)


def item_to_json(item: ServiceItem) -> dict[str, Any]:
    """Plain values for the JSON column, of the same shape as an entry of services.yaml."""
    plain: dict[str, Any] = write(item)
    return plain


def item_from_json(raw: dict[str, Any]) -> ServiceItem:
    """A stored version. Its shape is checked, the rules of today are not: it was published under its own."""
    return read(ServiceItem, raw, strict=False)


def online_applicable(item: ServiceItem) -> bool:
    """False where somebody has to come: organisations, and items in person that nobody may do by proxy."""
    if item.audience is Audience.ORGANISATION:
        return False
    return item.proxy_allowed or item.in_person_requirement is None


def _repeated(entries: Iterable[Entry], field: str, key: Callable[[Entry], str]) -> list[str]:
    counts = Counter(key(entry) for entry in entries)
    return [f"{field} {value} is used by {count} entries" for value, count in counts.items() if count > 1]


def _parse_list(kind: type[Entry], raw: dict[str, Any], name: str, key: Callable[[Entry], str]) -> tuple[Entry, ...]:
    entries, faults = _parse_all(kind, raw, name)
    faults += _repeated(entries, "code", key)
    if faults:
        raise CatalogueError(faults)
    return tuple(entries)


def _parse_all(kind: type[Entry], raw: dict[str, Any], name: str) -> tuple[list[Entry], list[str]]:
    entries: list[Entry] = []
    faults: list[str] = []
    for label, one in _labelled(raw, name):
        try:
            entries.append(read(kind, one))
        except Unreadable as fault:
            faults.append(f"{label}: {fault}")
    return entries, faults


def _labelled(raw: object, name: str) -> Iterator[tuple[str, Any]]:
    listed = raw.get(name) if isinstance(raw, dict) else None
    if not isinstance(listed, list) or not listed:
        raise CatalogueError([f"The catalogue has no list of {name}"])
    for position, one in enumerate(listed, start=1):
        code = one.get("code") if isinstance(one, dict) else None
        yield (f"Item {code}" if code else f"Entry {position} of {name}"), one
