"""Which settings there are: known from the start of the process, from what kernel and plugins declared."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_type_hints
from uuid import UUID

from lianxin.declarations import Scope, SettingsGroup
from lianxin.settings.values import choices

Ladder = Callable[[UUID], Awaitable[Sequence[UUID]]]
"""Gives an area's id and those of the areas above it, nearest first."""


async def _no_ladder(area_id: UUID) -> Sequence[UUID]:
    return (area_id,)


@dataclass(frozen=True, slots=True)
class SettingsField:
    """One setting: `name` is `<owner>.<field>`."""

    name: str
    owner: str
    attribute: str
    kind: Any
    default: Any
    help: object
    secret: bool
    scope: Scope


@dataclass(frozen=True, slots=True)
class SettingShown:
    """A setting as the administration shows it. `text` is empty for a secret.

    `source`: "default", "site", "above" (an area further up) or "area" (this one).
    """

    field: SettingsField
    text: str
    source: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class _Registry:
    groups: dict[str, SettingsGroup] = field(default_factory=dict)
    fields: dict[str, SettingsField] = field(default_factory=dict)
    ladder: Ladder = _no_ladder


_registry = _Registry()


def use_settings(groups: Mapping[str, SettingsGroup], *, ladder: Ladder = _no_ladder) -> None:
    """Makes these the settings of the process, by owner (a plugin's name, or "site").

    `ladder` is `directory.areas.area_ladder`. Raises TypeError for a field of a type that can't be set.
    """
    _registry.groups = dict(groups)
    _registry.fields = {found.name: found for owner, group in groups.items() for found in _fields(owner, group.schema)}
    _registry.ladder = ladder


def check_group(owner: str, group: SettingsGroup) -> None:
    """Raises TypeError for a field of a type that can't be set, or a secret that is no text."""
    _fields(owner, group.schema)


def _fields(owner: str, schema: type[Any]) -> list[SettingsField]:
    hints = get_type_hints(schema)
    return [_field(owner, each, hints[each.name]) for each in dataclasses.fields(schema)]


def _field(owner: str, declared: dataclasses.Field[Any], kind: Any) -> SettingsField:
    choices(kind)
    secret = bool(declared.metadata.get("secret"))
    if secret and kind is not str:
        raise TypeError(f"{owner}.{declared.name} is secret and not a str: only texts are sealed")
    return SettingsField(
        name=f"{owner}.{declared.name}",
        owner=owner,
        attribute=declared.name,
        kind=kind,
        default=declared.default,
        help=declared.metadata.get("help", ""),
        secret=secret,
        scope=declared.metadata.get("scope", Scope.SITE),
    )


def settings_groups() -> Mapping[str, SettingsGroup]:
    """All groups by owner."""
    return _registry.groups


def fields_of(schema: type) -> list[SettingsField]:
    """The fields of one group. Raises LookupError for a class that nobody declared."""
    owner = next((owner for owner, group in _registry.groups.items() if group.schema is schema), None)
    if owner is None:
        raise LookupError(f"{schema.__name__} is nobody's settings: hand it over in the hook `settings`")
    return fields_of_owner(owner)


def fields_of_owner(owner: str) -> list[SettingsField]:
    """The fields of one owner's group."""
    return [found for found in _registry.fields.values() if found.owner == owner]


def find_field(name: str) -> SettingsField | None:
    """The setting of that name."""
    return _registry.fields.get(name)


async def climb(area_id: UUID) -> Sequence[UUID]:
    """The areas whose settings count for this one, nearest first."""
    return await _registry.ladder(area_id)
