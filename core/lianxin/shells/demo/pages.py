"""What the demonstration's templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import FormView, OutboxRow


@dataclass(frozen=True, slots=True)
class RoleLine:
    """Somebody to be: one button."""

    name: str
    role: str
    place: str
    icon: str
    form: FormView


@dataclass(frozen=True, slots=True)
class RolesPage:
    """Everybody one may be. Without people the demo has not been filled."""

    template: ClassVar[str] = "demo/roles.html"

    title: str
    lines: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """What a real site would have sent."""

    template: ClassVar[str] = "demo/outbox.html"

    title: str
    rows: tuple[OutboxRow, ...]
    next_href: str
