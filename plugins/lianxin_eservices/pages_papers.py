"""What the templates of kept papers draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lianxin.api import FormView
from lianxin_eservices.queries.papers import Boxed


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A kept paper beside taking a photo. `pages`: pictures for this visitor; `ask`: the person's word first."""

    name: str
    since: str
    count: int
    pages: tuple[UUID, ...]
    ask: bool
    form: FormView


@dataclass(frozen=True, slots=True)
class BoxPage:
    """My papers: each with the form that removes it."""

    template: ClassVar[str] = "eservices/box.html"

    title: str
    rows: tuple[tuple[Boxed, FormView], ...]
