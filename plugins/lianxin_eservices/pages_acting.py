"""What the pages of acting for somebody, of the status without an account and of call-backs draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from lianxin.api import FormView, PersonCard
from lianxin_eservices.queries.authorisations import Acting, Deed
from lianxin_eservices.rules.progress import Stage


@dataclass(frozen=True, slots=True)
class ActingPage:
    """The client list: whom I may act for."""

    template: ClassVar[str] = "eservices/acting.html"

    title: str
    people: tuple[Acting, ...]


@dataclass(frozen=True, slots=True)
class ActForPage:
    """Asking to act for somebody: the code goes to that person's telephone."""

    template: ClassVar[str] = "eservices/act_for.html"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class LeaveCodePage:
    """The code that the person tells. `name` and `phone` are as the asker typed them, the phone masked."""

    template: ClassVar[str] = "eservices/leave_code.html"

    title: str
    name: str
    phone: str
    form: FormView


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One person I act for: what was entered, and what can be begun."""

    template: ClassVar[str] = "eservices/client.html"

    title: str
    it: Acting
    drafts: tuple[tuple[Deed, str], ...]
    cases: tuple[Deed, ...]
    services: tuple[tuple[str, str], ...]
    begin: str


@dataclass(frozen=True, slots=True)
class ActConsentPage:
    """Before the first question for somebody else: the text to read to her."""

    template: ClassVar[str] = "eservices/act_consent.html"

    title: str
    name: str
    lines: tuple[tuple[str, str], ...]
    whom: str
    back: str
    form: FormView
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One who may act for me, what was done, and the buttons against it."""

    it: Acting
    revoke: FormView | None
    drafts: tuple[tuple[Deed, FormView], ...]
    cases: tuple[tuple[Deed, FormView | None], ...]


@dataclass(frozen=True, slots=True)
class ProxiesPage:
    """Who may act for me."""

    template: ClassVar[str] = "eservices/proxies.html"

    title: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class DeskLeavePage:
    """The desk writes down an authorisation signed before it."""

    template: ClassVar[str] = "eservices/desk_leave.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView
    doubles: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a matter stands, in words that may be read aloud: nothing in it says whose it is."""

    code: str
    name: str
    state: str
    tag: str
    says: str
    stages: tuple[Stage, ...]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The two fields, or how it stands; `copy` asks for the code by phone."""

    template: ClassVar[str] = "eservices/status.html"

    title: str
    form: FormView
    it: Standing | None = None
    ask: FormView | None = None
    copy: FormView | None = None


@dataclass(frozen=True, slots=True)
class CopyPage:
    """What was submitted, on paper."""

    template: ClassVar[str] = "eservices/copy.html"
    shell: ClassVar[str] = "print"

    title: str
    it: Standing
    facts: tuple[tuple[str, str], ...]
    papers: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CallMePage:
    """Which number shall we call?"""

    template: ClassVar[str] = "eservices/call_me.html"

    title: str
    name: str
    back: str
    form: FormView
