"""The flow of a matter: its states, transitions and clocks, from which buttons, queues and tests are made."""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from lianxin.declarations.access import Access


class StateKind(enum.Enum):
    """Who has the next move."""

    OFFICE = "office"
    APPLICANT = "applicant"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class State:
    """`says` is the sentence that tells the applicant what happens next; it may use `%(due)s`."""

    name: str
    title: object
    kind: StateKind
    says: object
    tag: Literal["now", "wait", "ok", "late", "plain"] = "now"


@dataclass(frozen=True, slots=True)
class Limit:
    """A span of time to act in. `unit` as in the law: working days, calendar days or hours."""

    value: int
    unit: Literal["working_day", "calendar_day", "hour"] = "working_day"


@dataclass(frozen=True, slots=True)
class Start:
    """Starts the clock `kind`; `limit` is fixed or asked of the change at hand (None: no such clock this time)."""

    kind: str
    limit: Limit | Callable[[Any], Awaitable[Limit | None]]


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends the clock `kind`, or all clocks with "*"."""

    kind: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Whole days count no more from the next day on."""

    kind: str


@dataclass(frozen=True, slots=True)
class Resume:
    """The days of the pause are added to the clock."""

    kind: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Stops the clock and starts it anew."""

    kind: str
    limit: Limit | Callable[[Any], Awaitable[Limit | None]]


Clocks = Start | Stop | Pause | Resume | Restart


@dataclass(frozen=True, slots=True)
class Asked:
    """What a transition asks about the matter at hand: its form, what stands in it at first, what may be chosen."""

    form: type[BaseModel]
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[tuple[str, object, object]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from state to state; a transition whose target is None stays where it is.

    `access` is a permission, or APPLICANT, or SYSTEM. `needs` are predicates over the matter's facts that must hold,
    each raising `Refused` with its own sentence. `effect(change)` runs inside the unit of work after the row is taken.
    `owner_role` hands the matter to another queue (its owner is then cleared). `asks(matter, actor, now)` answers its
    questions where they differ from matter to matter; `form` is then there too, as their general shape. `any_hand`:
    made by who holds the permission, also while a colleague has the matter in hand (a leader's consent, a second
    signature).
    """

    name: str
    title: object
    source: tuple[str, ...]
    target: str | None
    access: Access | str
    form: type[BaseModel] | None = None
    asks: Callable[[Any, Any, Any], Awaitable[Asked]] | None = None
    needs: tuple[Callable[[Any], Awaitable[None]], ...] = ()
    clocks: tuple[Clocks, ...] = ()
    effect: Callable[[Any], Awaitable[None]] | None = None
    owner_role: str | None = None
    any_hand: bool = False
    primary: bool = False
    icon: str = ""
    done: object = ""


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Child work of a matter: a title, the role that does it and how long it may take."""

    name: str
    title: object
    role: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Detail:
    """What the plugin shows in the middle of a matter's page: one query, one template."""

    query: Callable[..., Awaitable[Any]]
    template: str


@dataclass(frozen=True, slots=True)
class Flow:
    """`read` is the permission that lets staff see such matters. `overdue` maps a clock's kind to the transition that

    the system makes when it runs out (none: the clock only turns red). `renamed` maps states of earlier versions.
    `withheld(matter, actor, now)` names transitions that are no buttons just now, though the right is there.
    `clock_says`: what is said in place of the state's sentence while a clock of that kind is the next to run out;
    empty: the state's own, without that clock's day.
    """

    name: str
    version: int
    title: object
    icon: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    first: str
    read: str
    claim: str
    owner_role: str
    desk: Detail | None = None
    resident: Detail | None = None
    tasks: tuple[TaskKind, ...] = ()
    overdue: Mapping[str, str] = field(default_factory=dict)
    clock_titles: Mapping[str, object] = field(default_factory=dict)
    clock_says: Mapping[str, object] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    withheld: Callable[[Any, Any, Any], Awaitable[Collection[str]]] | None = None

    def state(self, name: str) -> State:
        """The state of that name. Raises KeyError for a name the flow does not know."""
        return next((s for s in self.states if s.name == name), None) or _missing(self.name, name)

    def transition(self, name: str) -> Transition:
        """The transition of that name. Raises KeyError for a name the flow does not know."""
        return next((t for t in self.transitions if t.name == name), None) or _missing(self.name, name)


def _missing(flow: str, name: str) -> Any:
    raise KeyError(f"flow {flow} has nothing named {name!r}")
