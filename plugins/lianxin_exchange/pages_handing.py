"""What the page of cases that were handed over draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import FormView
from lianxin_exchange.queries.handing import HandingShown


@dataclass(frozen=True, slots=True)
class StateChip:
    """One state to choose, and how many stand in it."""

    title: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class HandingLine:
    """A case, and the button that hands it over again."""

    handing: HandingShown
    again: FormView | None


@dataclass(frozen=True, slots=True)
class ArrivedPage:
    """Cases of one state."""

    template: ClassVar[str] = "exchange/arrived.html"
    shell: ClassVar[str] = "admin"

    title: str
    chips: tuple[StateChip, ...]
    state: str
    missing: int
    lines: tuple[HandingLine, ...]
    next_href: str
