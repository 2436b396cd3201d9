"""The plugin's table of contents: what it hands to the kernel."""

from __future__ import annotations

from lianxin.api import (
    N_,
    Advancing,
    Bearers,
    Before,
    Deed,
    DemoData,
    Job,
    Lifespan,
    Listener,
    MessageKind,
    Opening,
    PageEntry,
    Permission,
    Route,
    Service,
    SettingsGroup,
    hookimpl,
)
from lianxin_exchange.access import PERMISSIONS
from lianxin_exchange.actions.handing import note_handing
from lianxin_exchange.actions.sending import GIVEN_UP
from lianxin_exchange.actions.telling import note_change
from lianxin_exchange.api import DecidingSystem
from lianxin_exchange.deeds import DEEDS
from lianxin_exchange.demo import fill_exchange
from lianxin_exchange.demo_twin import TWIN
from lianxin_exchange.jobs import JOBS, open_sending
from lianxin_exchange.models import HOOK_TABLES, Handing, Token
from lianxin_exchange.queries.tokens import Tokens
from lianxin_exchange.routes.handing import HANDING_ROUTES
from lianxin_exchange.routes.hooks import HOOK_ROUTES
from lianxin_exchange.routes.tokens import TOKEN_ROUTES
from lianxin_exchange.settings import ExchangeSettings


@hookimpl
def models() -> list[type]:
    """Tokens, systems that are told, deliveries."""
    return [Token, *HOOK_TABLES, Handing]


@hookimpl
def routes() -> list[Route]:
    """Pages of whoever makes tokens, and of who oversees them."""
    return [*TOKEN_ROUTES, *HOOK_ROUTES, *HANDING_ROUTES]


@hookimpl
def pages() -> list[PageEntry]:
    """On the shelf of the account, and in the administration."""
    group = N_("Data exchange")
    return [
        PageEntry("account", "exchange:tokens", N_("Tokens for programs"), "key", weight=60),
        PageEntry("admin", "exchange:everybodys", N_("Tokens of all colleagues"), "key", weight=60, group=group),
        PageEntry("admin", "exchange:hooks", N_("Systems that are told"), "plug", weight=62, group=group),
        PageEntry("admin", "exchange:arrived", N_("Did every case arrive?"), "inbox", weight=64, group=group),
    ]


@hookimpl
def listeners() -> list[Listener]:
    """In the unit of work of each change."""
    return [Before(Opening, note_change), Before(Advancing, note_change), Before(Advancing, note_handing)]


@hookimpl
def jobs() -> list[Job]:
    """What is sent out."""
    return list(JOBS)


@hookimpl
def settings() -> list[SettingsGroup]:
    """Where deliveries may go."""
    return [SettingsGroup(N_("Data exchange"), ExchangeSettings)]


@hookimpl
def messages() -> list[MessageKind]:
    """To whoever registered a system that does not answer any more."""
    return [GIVEN_UP]


@hookimpl
def lifespan() -> list[Lifespan]:
    """What a demonstration allows."""
    return [Lifespan(open_sending)]


@hookimpl
def permissions() -> list[Permission]:
    """Who may make tokens, and who sees them all."""
    return list(PERMISSIONS)


@hookimpl
def services() -> list[Service]:
    """The kernel asks here who is behind a token."""
    return [Service(Bearers, Tokens()), Service(DecidingSystem, TWIN)]


@hookimpl
def deeds() -> list[Deed]:
    """For who reads the audit trail."""
    return list(DEEDS)


@hookimpl
def demo() -> list[DemoData]:
    """After the cases of which it tells."""
    return [DemoData(fill_exchange, weight=60)]
