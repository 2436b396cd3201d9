"""Addresses by name."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

_PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")


class Urls:
    """Full route names to paths; the one place that knows where things are mounted."""

    def __init__(self) -> None:
        self._paths: dict[str, tuple[str, tuple[str, ...]]] = {}

    def add(self, name: str, path: str) -> None:
        """Remembers `path` with its {places}."""
        places = tuple(_PLACE.findall(path))
        self._paths[name] = (_PLACE.sub(r"{\1}", path), places)

    def pattern(self, name: str) -> str:
        """The path with its {places}. Raises KeyError."""
        return self._paths[name][0]

    def places(self, name: str) -> tuple[str, ...]:
        """The names of the places of the path. Raises KeyError."""
        return self._paths[name][1]

    def knows(self, name: str) -> bool:
        """Whether a route of that name is there (its plugin may be off)."""
        return name in self._paths

    def url(self, name: str, /, **values: Any) -> str:
        """The path, its places filled; further values that are not empty become the query. Raises KeyError."""
        path, places = self._paths[name]
        filled = path.format(**{place: quote(str(values.pop(place)), safe="") for place in places})
        query = {key: value for key, value in values.items() if value not in (None, "")}
        return f"{filled}?{urlencode(query)}" if query else filled
