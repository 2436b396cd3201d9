"""What the portal's templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import FormView, MineRow


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page. `search_action` is empty while no plugin searches anything."""

    template: ClassVar[str] = "portal/home.html"
    shared: ClassVar[bool] = True
    slots: ClassVar[tuple[str, ...]] = ("portal.home", "portal.side")

    title: str
    search_action: str
    mine: tuple[MineRow, ...]
    mine_count: int


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """One question: which place. `above` is the township chosen so far."""

    template: ClassVar[str] = "portal/community.html"

    title: str
    above: str
    form: FormView


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of plain words: privacy, accessibility."""

    template: ClassVar[str] = "portal/text.html"
    shared: ClassVar[bool] = True

    title: str
    paragraphs: tuple[Any, ...]
