"""What the templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from lianxin.api import FormView
from lianxin_exchange.queries.tokens import TokenShown


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token, and the button that ends it."""

    token: TokenShown
    end: FormView | None


@dataclass(frozen=True, slots=True)
class TokensPage:
    """One's own tokens, and the form for one more."""

    template: ClassVar[str] = "exchange/tokens.html"

    title: str
    lines: tuple[TokenLine, ...]
    form: FormView
    document: str


@dataclass(frozen=True, slots=True)
class MadePage:
    """The new token: shown this once."""

    template: ClassVar[str] = "exchange/made.html"

    title: str
    name: str
    text: str
    expires_at: datetime
    sample: str
    back: str


@dataclass(frozen=True, slots=True)
class EverybodysPage:
    """All tokens that count, for who oversees them."""

    template: ClassVar[str] = "exchange/everybodys.html"
    shell: ClassVar[str] = "admin"

    title: str
    lines: tuple[TokenLine, ...]
    next_href: str
