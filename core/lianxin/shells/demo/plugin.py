"""The demonstration's hooks; the kernel takes this shell in on demo sites alone."""

from __future__ import annotations

from lianxin.api import N_, PUBLIC, Loader, PageEntry, Route, action, hookimpl, page
from lianxin.shells.demo import outgoing, roles

WHO = Loader(roles.load_who, scoped=False, because="invented people of a demonstration, open to everybody")


@hookimpl
def routes() -> list[Route]:
    """Who to be, and what went out."""
    return [
        page("/demo/", name="home", access=PUBLIC, handler=roles.show_roles),
        action("/demo/be/{who}", name="be", access=PUBLIC, handler=roles.be, loads={"who": WHO}),
        page("/demo/outbox", name="outbox", access=PUBLIC, handler=outgoing.show_outbox),
    ]


@hookimpl
def pages() -> list[PageEntry]:
    """On every shelf, so that one can become somebody else from anywhere."""
    return [
        PageEntry("portal", "demo:home", N_("Look around as …"), "users", weight=95),
        PageEntry("account", "demo:home", N_("Look around as …"), "users", weight=90),
        PageEntry("account", "demo:outbox", N_("What would have been sent"), "mail", weight=91),
    ]
