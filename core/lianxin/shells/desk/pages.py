"""What the templates of queue and matter draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from lianxin.api import FileInfo, FormView, MatterDetail, MessageView, Transition


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter: a link that stays in the address."""

    title: str
    href: str
    count: Any
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the queue. `timing` is what the part `job` takes."""

    title: str
    href: str
    fact: str
    timing: dict[str, Any]
    owner: str
    code: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Overdue, due today, the rest."""

    title: str
    kind: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class QueueView:
    """The list at the left."""

    total: str
    chips: list[Chip]
    flows: list[Chip]
    groups: list[Group]
    next_href: str
    arrivals: str
    here: str
    everything: str
    several: str
    filtered: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The list alone."""

    template: ClassVar[str] = "desk/queue.html"
    shell: ClassVar[str] = "desk"
    live: ClassVar[str] = "desk:live"

    title: str
    queue: QueueView


@dataclass(frozen=True, slots=True)
class ArrivedPage:
    """The line that says how many are new."""

    template: ClassVar[str] = "desk/arrived.html"
    fragment: ClassVar[str] = "desk/arrived.html"
    shell: ClassVar[str] = "desk"

    title: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Press:
    """A transition as a button: `form` when it can be made at once, else `href` leads to its questions."""

    transition: Transition
    href: str
    form: FormView | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """Files under one label of the plugin."""

    label: str
    files: tuple[FileInfo, ...]


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One matter beside its list. `queue` is None when only the detail is asked for; `detail` is the plugin's."""

    template: ClassVar[str] = "desk/matter.html"
    fragment: ClassVar[str] = "desk/detail.html"
    shell: ClassVar[str] = "desk"
    live: ClassVar[str] = "desk:live"
    slots: ClassVar[tuple[str, ...]] = ("desk.matter",)

    title: str
    queue: QueueView | None
    now: datetime
    back: str
    it: MatterDetail
    detail: Any
    detail_template: str
    organisation: str
    person_href: str
    presses: list[Press]
    claim: FormView | None
    release: FormView | None
    hand_over: FormView | None
    note: FormView
    files: list[Labelled]
    messages: list[MessageView]


@dataclass(frozen=True, slots=True)
class TransitionPage:
    """The questions of one transition, or only whether to do it."""

    template: ClassVar[str] = "desk/transition.html"
    shell: ClassVar[str] = "desk"

    title: str
    matter_title: str
    code: str
    back: str
    upload: bool
    form: FormView
