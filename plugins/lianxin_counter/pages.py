"""What the templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from lianxin.api import AreaInfo, Community, FormView
from lianxin_counter.queries.slips import Called, Figures, Followed, MadeShown, SlipShown
from lianxin_counter.queries.stations import CounterShown


@dataclass(frozen=True, slots=True)
class HallPage:
    """The tablet: two buttons. `counters` 0: this station gives no numbers. `median`: today, in minutes."""

    template: ClassVar[str] = "counter/hall.html"
    fragment: ClassVar[str] = "counter/hall_now.html"
    shell: ClassVar[str] = "print"

    title: str
    area: AreaInfo
    here: str
    counters: int
    waiting: int
    median: int | None
    ordinary: FormView
    priority: FormView


@dataclass(frozen=True, slots=True)
class TakenPage:
    """The slip on the tablet: the number, the QR, a printer. `prints`: without being asked."""

    template: ClassVar[str] = "counter/taken.html"
    shell: ClassVar[str] = "print"

    title: str
    area: AreaInfo
    slip: Followed
    qr: Markup
    address: str
    back: str
    prints: bool


@dataclass(frozen=True, slots=True)
class FollowPage:
    """One's own number, on one's own phone. `leave` None: there is nothing to give back. `call`: the station."""

    template: ClassVar[str] = "counter/follow.html"
    fragment: ClassVar[str] = "counter/follow_now.html"

    title: str
    area: AreaInfo
    slip: Followed
    here: str
    call: Community
    leave: FormView | None


@dataclass(frozen=True, slots=True)
class WallPage:
    """The display of the hall."""

    template: ClassVar[str] = "counter/wall.html"
    fragment: ClassVar[str] = "counter/wall_now.html"
    shell: ClassVar[str] = "print"

    title: str
    area: AreaInfo
    here: str
    called: list[Called]
    coming: list[str]
    waiting: int


@dataclass(frozen=True, slots=True)
class SeatPage:
    """Where one sits. `add` None: no station to add a counter to. `get_up` None: one sits nowhere."""

    template: ClassVar[str] = "counter/seat.html"
    shell: ClassVar[str] = "desk"

    title: str
    counters: list[CounterShown]
    form: FormView
    add: FormView | None
    get_up: FormView | None


@dataclass(frozen=True, slots=True)
class Lines:
    """What changes on the counter's page while one looks at it."""

    waiting: list[SlipShown]
    kept: list[SlipShown]
    figures: Figures
    recall: FormView


@dataclass(frozen=True, slots=True)
class CounterPage:
    """The clerk's page: whom she serves, who waits. `slip` None: nobody is at her counter.

    `last` is whom she has just finished with, so that she sees what was made.
    """

    template: ClassVar[str] = "counter/desk.html"
    fragment: ClassVar[str] = "counter/desk_lines.html"
    shell: ClassVar[str] = "desk"
    slots: ClassVar[tuple[str, ...]] = ("counter.serving",)

    title: str
    area: AreaInfo
    counter: int
    here: str
    slip: SlipShown | None
    made: list[MadeShown]
    last: SlipShown | None
    next: FormView
    move: FormView
    lines: Lines


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One slip, as a scanned code opens it, and what was made while it was served."""

    template: ClassVar[str] = "counter/slip.html"
    shell: ClassVar[str] = "desk"

    title: str
    slip: SlipShown
    made: list[MadeShown]
    move: FormView


@dataclass(frozen=True, slots=True)
class GivePage:
    """A number for somebody."""

    template: ClassVar[str] = "counter/give.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class GivenPage:
    """The slip for the printer at the desk."""

    template: ClassVar[str] = "counter/given.html"
    shell: ClassVar[str] = "print"

    title: str
    slip: Followed
    qr: Markup
    address: str
    back: str
