"""What the pages of a household draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from lianxin.api import FormView
from lianxin_eservices.pages import Beside
from lianxin_eservices.queries.household import MemberView


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One who lives there, with what can be done about the line; empty at what can't."""

    it: MemberView
    change: str = ""
    remove: FormView | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """Who lives with you and shares the income? One line each. `go_on`: where it goes on, when all is told."""

    template: ClassVar[str] = "eservices/household.html"

    title: str
    back: str
    home: str
    number: int
    total: int
    whom: str
    acting_for: str
    applicant: str
    lines: tuple[MemberLine, ...]
    add: str
    herself: bool
    told: bool
    go_on: str
    texts: tuple[tuple[str, str], ...]
    form: FormView
    beside: Beside


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One person, entered or changed."""

    template: ClassVar[str] = "eservices/household_member.html"

    title: str
    back: str
    form: FormView
    beside: Beside


@dataclass(frozen=True, slots=True)
class AskWordPage:
    """How this person agrees: on her own phone, by a code, at the desk signed. `signed` is there at the desk alone."""

    template: ClassVar[str] = "eservices/household_ask.html"

    title: str
    name: str
    back: str
    lines: tuple[tuple[str, str], ...]
    sent_to: str
    phone: FormView
    code: FormView | None
    signed: FormView | None
    beside: Beside


@dataclass(frozen=True, slots=True)
class MyHousehold:
    """One application in which somebody takes part: how it stands, and her own word. Nothing of anybody else's."""

    id: str
    applicant: str
    items: tuple[str, ...]
    state: str
    tag: str
    says: str
    owes: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class MyHouseholdsPage:
    """All of them."""

    template: ClassVar[str] = "eservices/households.html"

    title: str
    rows: tuple[MyHousehold, ...]


@dataclass(frozen=True, slots=True)
class MyWordPage:
    """What is asked, and the buttons: yes, no, or taking it back."""

    template: ClassVar[str] = "eservices/household_word.html"

    title: str
    it: MyHousehold
    lines: tuple[tuple[str, str], ...]
    agree: FormView | None
    refuse: FormView | None
    take_back: FormView | None


@dataclass(frozen=True, slots=True)
class DeskWordsPage:
    """Whose word is taken back at the desk; then in which applications it stands, each with a button."""

    template: ClassVar[str] = "eservices/desk_words.html"
    shell: ClassVar[str] = "desk"

    title: str
    form: FormView
    asked: bool = False
    rows: tuple[tuple[MyHousehold, FormView], ...] = ()


@dataclass(frozen=True, slots=True)
class NumberPage:
    """The reason first; then, once, the ID number of somebody of a household (`shown`)."""

    template: ClassVar[str] = "eservices/household_number.html"
    shell: ClassVar[str] = "desk"

    title: str
    name: str
    back: str
    form: FormView
    shown: str = ""
