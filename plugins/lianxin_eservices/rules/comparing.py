"""What changed between two texts of a guide, field by field; entries of lists are known by their code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One field. `path` has the key of a list's entry in brackets: `materials[HK].name_zh`. None: there was nothing."""

    path: str
    old: Any
    new: Any


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """All fields that are not the same, in the order of the old text, then of the new one."""
    before, after = _flat(old), _flat(new)
    paths = [*before, *(path for path in after if path not in before)]
    return tuple(
        Difference(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    )


def _flat(value: Any, path: str = "", *, inside: bool = False) -> dict[str, Any]:
    """Each field by its path. A list within an entry of a list stays one field, such as the answers of a question."""
    if isinstance(value, Mapping):
        found: dict[str, Any] = {}
        for name, inner in value.items():
            found |= _flat(inner, f"{path}.{name}" if path else name, inside=inside)
        return found
    if not inside and isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        found = {f"{path}[]": [_key(one, place) for place, one in enumerate(value)]}
        for place, one in enumerate(value):
            found |= _flat(one, f"{path}[{_key(one, place)}]", inside=True)
        return found
    return {path: value}


def _key(entry: Mapping[str, Any], place: int) -> str:
    return str(entry.get("code") or place + 1)
