"""What a person's own pages draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from lianxin.api import FormView, MatterDetail, MessageView, MineRow, PersonCard, ReadingShown, SessionShown


@dataclass(frozen=True, slots=True)
class HomePage:
    """My matters, and the way to the rest. `demo` is where one becomes somebody else, in a demonstration."""

    template: ClassVar[str] = "account/home.html"
    slots: ClassVar[tuple[str, ...]] = ("account.home",)

    title: str
    matters: tuple[MineRow, ...]
    next_href: str
    first: bool


@dataclass(frozen=True, slots=True)
class ButtonView:
    """What the person may do: a page with questions at `href`, or at once with `form`."""

    title: str
    icon: str
    primary: bool
    href: str
    form: FormView | None


@dataclass(frozen=True, slots=True)
class MatterPage:
    """One matter for the person it belongs to. `detail_template` draws `page.detail`; it may be empty."""

    template: ClassVar[str] = "account/matter.html"

    title: str
    it: MatterDetail
    detail: Any
    detail_template: str
    buttons: tuple[ButtonView, ...]
    remind: FormView | None


@dataclass(frozen=True, slots=True)
class TransitionPage:
    """The questions of one transition."""

    template: ClassVar[str] = "account/transition.html"

    title: str
    matter_title: str
    form: FormView
    send: str
    back: str


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """What the site told the person."""

    template: ClassVar[str] = "account/messages.html"

    title: str
    messages: tuple[MessageView, ...]
    unread: int
    mark: FormView
    next_href: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What the site knows of the person."""

    template: ClassVar[str] = "account/profile.html"

    title: str
    person: PersonCard
    phones: tuple[str, ...]
    form: FormView


@dataclass(frozen=True, slots=True)
class OneFormPage:
    """One form on a page of its own: name and number, the place of living."""

    template: ClassVar[str] = "account/one_form.html"

    title: str
    form: FormView
    back: str
    question: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser and the button that ends its session; None for the one at hand."""

    session: SessionShown
    method: str
    end: FormView | None


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Where the person is signed in."""

    template: ClassVar[str] = "account/sessions.html"

    title: str
    lines: tuple[SessionLine, ...]
    end_others: FormView | None


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading with the role's title and the purpose in words."""

    reading: ReadingShown
    role: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """Who read what of the person in full."""

    template: ClassVar[str] = "account/readings.html"

    title: str
    lines: tuple[ReadingLine, ...]
    next_href: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One agreement; `withdraw` None: taken back already."""

    id: UUID
    purpose: str
    version: str
    at: datetime
    withdrawn_at: datetime | None
    withdraw: FormView | None


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """What the person agreed to."""

    template: ClassVar[str] = "account/consents.html"

    title: str
    lines: tuple[ConsentLine, ...]
