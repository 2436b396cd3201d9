"""What the templates of systems that are told draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import FormView
from lianxin_exchange.queries.hooks import DeliveryShown, HookShown


@dataclass(frozen=True, slots=True)
class HooksPage:
    """All systems that are told."""

    template: ClassVar[str] = "exchange/hooks.html"
    shell: ClassVar[str] = "admin"

    title: str
    hooks: tuple[HookShown, ...]


@dataclass(frozen=True, slots=True)
class NewHookPage:
    """The form for one more."""

    template: ClassVar[str] = "exchange/new_hook.html"
    shell: ClassVar[str] = "admin"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class HookMadePage:
    """The secret of a new one: shown this once."""

    template: ClassVar[str] = "exchange/hook_made.html"
    shell: ClassVar[str] = "admin"

    title: str
    name: str
    secret: str
    back: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A delivery, and the button that repeats it."""

    delivery: DeliveryShown
    repeat: FormView | None


@dataclass(frozen=True, slots=True)
class HookPage:
    """One system and its log."""

    template: ClassVar[str] = "exchange/hook.html"
    shell: ClassVar[str] = "admin"

    title: str
    hook: HookShown
    turn: FormView
    lines: tuple[LogLine, ...]
    next_href: str
