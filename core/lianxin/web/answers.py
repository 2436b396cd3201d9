"""What a handler may give back besides a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class See:
    """Go there (303), and show `notice` there once."""

    location: str
    notice: object = ""
    kind: str = "ok"


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with another status than 200, or with headers of its own."""

    page: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topics:
    """Which topics of the bus a stream carries, and which of their events this visitor may hear."""

    topics: tuple[str, ...]
    may_hear: Any = None
