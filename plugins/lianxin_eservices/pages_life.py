"""What the pages of a life event draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin_eservices.queries.life import LifeView


@dataclass(frozen=True, slots=True)
class LifePage:
    """A life event: parts to tick, papers of those ticked. `begin` is where the ticks lead.

    `acting_for` is for whom a proxy chooses; `left` are parts that she may not choose, each with why not.
    """

    template: ClassVar[str] = "eservices/life.html"
    shared: ClassVar[bool] = True

    title: str
    life: LifeView
    here: str
    begin: str
    resume: str = ""
    acting_for: str = ""
    left: tuple[tuple[str, str], ...] = ()
    station_address: str = ""
