"""What the pages of in-hand help draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import FormView
from lianxin_eservices.queries.showing import ShownNow


@dataclass(frozen=True, slots=True)
class Banner:
    """At the top of her page while it is shown. `here` is set where the colleague sees another page of hers.

    `points_at` is the label of the field, `field_id` where it is.
    """

    now: ShownNow
    stop: FormView
    address: str
    here: FormView | None = None
    points_at: str = ""
    field_id: str = ""


@dataclass(frozen=True, slots=True)
class BannerPage:
    """The banner alone, asked for again when something moved; `banner` None: it is over."""

    template: ClassVar[str] = "eservices/showing_page.html"
    fragment: ClassVar[str] = "eservices/showing_now.html"

    title: str
    banner: Banner | None
    back: str


@dataclass(frozen=True, slots=True)
class ToldPage:
    """The desk types the number."""

    template: ClassVar[str] = "eservices/told.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of her page: what it asks, never what she answered. `point` makes it stand out on her page."""

    it: Any
    point: FormView
    pointed: bool


@dataclass(frozen=True, slots=True)
class ShownPage:
    """Her page as the colleague sees it: the question, without the answers."""

    template: ClassVar[str] = "eservices/shown.html"
    fragment: ClassVar[str] = "eservices/shown_now.html"
    shell: ClassVar[str] = "desk"

    title: str
    whom: str
    name: str
    number: int
    total: int
    fields: tuple[ShownField, ...]
    how: tuple[str, ...]
    lines: tuple[tuple[str, bool], ...]
    here: str
    stop: FormView
