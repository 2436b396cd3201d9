"""The plugin's table of contents: what it hands to the kernel."""

from __future__ import annotations

from lianxin.api import N_, Bearers, Deed, PageEntry, Permission, Route, Service, hookimpl
from lianxin_exchange.access import PERMISSIONS
from lianxin_exchange.deeds import DEEDS
from lianxin_exchange.models import Token
from lianxin_exchange.queries.tokens import Tokens
from lianxin_exchange.routes.tokens import TOKEN_ROUTES


@hookimpl
def models() -> list[type]:
    """Tokens."""
    return [Token]


@hookimpl
def routes() -> list[Route]:
    """Pages of whoever makes tokens, and of who oversees them."""
    return [*TOKEN_ROUTES]


@hookimpl
def pages() -> list[PageEntry]:
    """On the shelf of the account, and in the administration."""
    group = N_("Data exchange")
    return [
        PageEntry("account", "exchange:tokens", N_("Tokens for programs"), "key", weight=60),
        PageEntry("admin", "exchange:everybodys", N_("Everybody’s tokens"), "key", weight=60, group=group),
    ]


@hookimpl
def permissions() -> list[Permission]:
    """Who may make tokens, and who sees them all."""
    return list(PERMISSIONS)


@hookimpl
def services() -> list[Service]:
    """The kernel asks here who is behind a token."""
    return [Service(Bearers, Tokens())]


@hookimpl
def deeds() -> list[Deed]:
    """For who reads the audit trail."""
    return list(DEEDS)
