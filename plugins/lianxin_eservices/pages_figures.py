"""What the pages of figures and of supervision draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from lianxin_eservices.queries.figures import RowBehind


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the table. `cells`: pairs of what is shown and the address of the cases behind it ('' for none)."""

    name: str
    href: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """A month of one office, or of all that are hers to see."""

    template: ClassVar[str] = "eservices/figures.html"
    shell: ClassVar[str] = "desk"

    title: str
    months: tuple[tuple[str, str], ...]
    month: str
    offices: tuple[tuple[str, str], ...]
    office: str
    items: tuple[tuple[str, str], ...]
    item: str
    headings: tuple[str, ...]
    lines: tuple[FigureLine, ...]
    left_out: int
    whole: FigureLine
    year: tuple[tuple[str, int, str], ...]
    busiest: tuple[tuple[str, int, str], ...]
    careful: bool
    counted_at: datetime | None
    files: tuple[tuple[str, str], ...]
    by_item: bool


@dataclass(frozen=True, slots=True)
class BehindPage:
    """The cases that make up one number."""

    template: ClassVar[str] = "eservices/figures_behind.html"
    shell: ClassVar[str] = "desk"

    title: str
    back: str
    rows: tuple[RowBehind, ...]
    most: bool
