"""From raw data to a checked catalogue, and the questions one asks of an item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from lianxin_eservices.rules.item import (
    Audience,
    DayUnit,
    Department,
    LifeEvent,
    Material,
    Necessity,
    ProvidedBy,
    ServiceItem,
    TargetGroup,
)
from lianxin_eservices.rules.plain import Unreadable, read, write

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")

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


def faults_of(item: ServiceItem) -> list[str]:
    """Why this guide can't be published, each a sentence; empty when it can.

    Conditions, materials and process may not be empty: Provisions on Online Government Services, article 6.
    A committed limit may not exceed the statutory one: Regulations on the Business Environment, article 36.
    """
    about = _faults_of_guide(item)
    for material in item.materials:
        about += [f"material {material.code}: {fault}" for fault in _faults_of_material(material)]
    return [f"Item {item.code}: {fault}" for fault in about]


def _faults_of_guide(item: ServiceItem) -> list[str]:
    checks = (
        (not SLUG.match(item.slug), f"slug {item.slug!r} must be lower-case words joined by hyphens"),
        (not item.materials, "materials is empty; a guide can't be published without them"),
        (not item.steps, "steps is empty; a guide can't be published without its process"),
        (not item.target_groups, "target_groups is empty"),
        (_beyond_statute(item), "committed_limit is longer than statutory_limit"),
        (item.committed_limit.value is None, "committed_limit.value is missing"),
        (item.fee.charged is not (item.fee.amount_fen > 0), "fee.charged and fee.amount_fen contradict"),
        (item.fee.charged and item.fee.basis is None, "fee.basis is missing for a fee that is charged"),
        (item.visits_required < 0, "visits_required may not be below 0"),
    )
    faults = [sentence for wrong, sentence in checks if wrong]
    for name, limit in (("statutory_limit", item.statutory_limit), ("committed_limit", item.committed_limit)):
        if (limit.value is None) is not (limit.unit is None):
            faults.append(f"{name}.value and {name}.unit belong together")
        if limit.value is not None and limit.value < 1:
            faults.append(f"{name}.value must be at least 1 day")
    return faults + _repeated_codes(item.materials)


def _beyond_statute(item: ServiceItem) -> bool:
    committed, statutory = item.committed_limit, item.statutory_limit
    if committed.value is None or statutory.value is None:
        return False
    # n working days are never fewer than n calendar days; only the other way round can't be compared.
    comparable = committed.unit is statutory.unit or committed.unit is DayUnit.WORKING_DAY
    return comparable and committed.value > statutory.value


def _faults_of_material(material: Material) -> list[str]:
    conditional = material.necessity is Necessity.CONDITIONAL
    shared = material.provided_by is ProvidedBy.GOV_SHARED
    counted = material.originals + material.copies
    checks = (
        (min(material.originals, material.copies) < 0, "originals and copies may not be below 0"),
        (not shared and counted == 0, "originals or copies must be at least 1"),
        (material.originals > 0 and material.original_action is None, "original_action is missing"),
        (conditional and material.condition is None, "condition_zh is missing for a conditional material"),
        (conditional and material.question is None, "question_zh is missing for a conditional material"),
        (not conditional and material.question is not None, "question_zh is for conditional materials only"),
    )
    return [sentence for wrong, sentence in checks if wrong]


def _repeated_codes(materials: Iterable[Material]) -> list[str]:
    counts = Counter(material.code for material in materials)
    return [f"materials names {code} {count} times" for code, count in counts.items() if count > 1]


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
