"""What the templates of the catalogue's administration draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import FormView
from lianxin_eservices.pages import Chip
from lianxin_eservices.queries.editing import HistoryLine, ItemLine
from lianxin_eservices.queries.guide import GuideView


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """All items, by state, or those found."""

    template: ClassVar[str] = "eservices/admin_services.html"
    shell: ClassVar[str] = "admin"

    title: str
    query: str
    chips: tuple[Chip, ...]
    lines: list[ItemLine]
    left_out: int
    to_publish: int


@dataclass(frozen=True, slots=True)
class Door:
    """One subject of an item: what stands there, in a few words; what is wrong with it."""

    title: str
    fact: str
    href: str
    problem: bool


@dataclass(frozen=True, slots=True)
class ServicePage:
    """One item for whoever keeps it. Forms are None where there is nothing to press."""

    template: ClassVar[str] = "eservices/admin_service.html"
    shell: ClassVar[str] = "admin"

    title: str
    code: str
    state: str
    number: int
    editing: bool
    doors: tuple[Door, ...]
    problems: tuple[str, ...]
    changes: int
    history: list[HistoryLine]
    begin: FormView | None
    drop: FormView | None
    address: str


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """The fields of one subject, or of one entry of a list."""

    template: ClassVar[str] = "eservices/admin_subject.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    hint: str
    back: str
    back_title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, and what may be done with it."""

    title: str
    fact: str
    href: str
    form: FormView
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """Papers, questions or steps, in their order."""

    template: ClassVar[str] = "eservices/admin_entries.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    code: str
    hint: str
    back: str
    entries: tuple[Entry, ...]
    add: str
    add_href: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Field by field: what it was, what it becomes."""

    template: ClassVar[str] = "eservices/admin_compare.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    back: str
    old: str
    new: str
    lines: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ReasonPage:
    """Why: before something that residents see changes."""

    template: ClassVar[str] = "eservices/admin_reason.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    back: str
    says: tuple[str, ...]
    press: str
    form: FormView
    fields: tuple[str, ...]
    lines: list[tuple[str, str, str]]
    stop: bool = False


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The guide as residents would see it."""

    template: ClassVar[str] = "eservices/preview.html"

    title: str
    guide: GuideView
    back: str
    trial: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """One question of a trial run, or (`rows`) its review."""

    template: ClassVar[str] = "eservices/trial.html"

    title: str
    name: str
    back: str
    end: FormView
    editor: str
    number: int
    total: int
    form: FormView | None
    fields: tuple[str, ...]
    how: str
    rows: tuple[Any, ...]
