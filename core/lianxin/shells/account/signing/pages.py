"""What the pages of signing in draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from lianxin.api import FormView


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to sign in, as one row."""

    title: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The first question: which telephone. `ways` are the other methods; `demo` is an address or empty."""

    template: ClassVar[str] = "account/sign_in.html"

    title: str
    form: FormView
    ways: tuple[Way, ...]
    demo: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """The code that was sent to `phone` (masked). `again` asks for another; `other` is the way for a relative."""

    template: ClassVar[str] = "account/code.html"

    title: str
    form: FormView
    again: FormView
    phone: str
    back: str
    other: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, one page: `field` names it; `ways` lead on for whom it does not fit."""

    template: ClassVar[str] = "account/question.html"

    title: str
    form: FormView
    field: str
    back: str
    send: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldsPage:
    """A few fields that belong together: a slip and a fact, login name and password, a new password twice."""

    template: ClassVar[str] = "account/fields.html"

    title: str
    lead: str
    form: FormView
    back: str
    send: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class NewTotpPage:
    """Setting up the app: `qr` is a drawing, `secret` the same to type in."""

    template: ClassVar[str] = "account/new_totp.html"

    title: str
    form: FormView
    qr: Any
    secret: str
    back: str


@dataclass(frozen=True, slots=True)
class LockedPage:
    """Who is locked at this machine (`names`, masked). `asks` False: a demonstration, where nobody has a password."""

    template: ClassVar[str] = "account/locked.html"
    fragment: ClassVar[str] = "account/locked_form.html"
    shell: ClassVar[str] = "print"

    title: str
    names: list[str]
    form: FormView
    other: FormView
    asks: bool
