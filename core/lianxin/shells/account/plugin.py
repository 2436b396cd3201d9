"""The account's hooks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianxin.api import (
    N_,
    Job,
    MessageKind,
    PageEntry,
    Route,
    SettingsGroup,
    SignInMethod,
    Slot,
    Visit,
    hookimpl,
    unread_count,
)
from lianxin.shells.account.mine.routes import ROUTES as MINE
from lianxin.shells.account.settings import LockSettings
from lianxin.shells.account.signing.locking import lock_idle
from lianxin.shells.account.signing.routes import ROUTES as SIGNING
from lianxin.shells.account.warnings import TRIES


@hookimpl
def routes() -> list[Route]:
    """Signing in, and what is a person's own."""
    return [*SIGNING, *MINE]


@hookimpl
def sign_in() -> list[SignInMethod]:
    """Phone code and slip for residents, password and app for staff."""
    return [
        SignInMethod("phone", N_("With a code to your phone"), "account:sign_in", "phone", weight=0),
        SignInMethod("slip", N_("With a slip from the desk"), "account:slip", "qr", weight=20),
        SignInMethod("password", N_("I am staff"), "account:staff", "work", staff=True, weight=30),
    ]


@hookimpl
def settings() -> list[SettingsGroup]:
    """When a desk locks itself."""
    return [SettingsGroup(N_("Shared machines"), LockSettings)]


async def _lock_idle(payload: dict[str, Any]) -> None:
    await lock_idle(datetime.fromisoformat(payload["due_at"]))


@hookimpl
def jobs() -> list[Job]:
    """What no script in a page has locked."""
    return [Job("account.lock_idle", _lock_idle, every="* * * * *", title=N_("Locking desks that nobody touches"))]


@hookimpl
def messages() -> list[MessageKind]:
    """What the account tells its owner."""
    return [TRIES]


async def _unread(visit: Visit) -> int:
    return await unread_count(visit.actor.person_ids) if visit.signed_in else 0


@hookimpl
def slots() -> list[Slot]:
    """Plugins show what is theirs beside one's matters."""
    return [Slot("account.home", N_("My matters, below the list"))]


@hookimpl
def pages() -> list[PageEntry]:
    """One's matters stand on the portal; the rest on the shelf of the account."""
    return [
        PageEntry("portal", "account:home", N_("My matters"), "list", weight=40),
        PageEntry("tabbar", "account:home", N_("My matters"), "list", weight=40, badge=_unread),
        PageEntry("account", "account:messages", N_("Messages"), "mail", weight=10, badge=_unread),
        PageEntry("account", "account:profile", N_("About me"), "user", weight=20),
        PageEntry("account", "account:readings", N_("Who looked at my data"), "eye", weight=30),
        PageEntry("account", "account:consents", N_("What I agreed to"), "check", weight=40),
        PageEntry("account", "account:sessions", N_("Where I am signed in"), "lock", weight=50),
    ]
