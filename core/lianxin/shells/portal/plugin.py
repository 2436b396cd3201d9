"""The portal's hooks."""

from __future__ import annotations

from lianxin.api import N_, PageEntry, Route, Slot, hookimpl
from lianxin.shells.portal.routes import ROUTES


@hookimpl
def routes() -> list[Route]:
    """Home and what surrounds it."""
    return list(ROUTES)


@hookimpl
def pages() -> list[PageEntry]:
    """Home stands first everywhere."""
    return [
        PageEntry("portal", "portal:home", N_("Home"), "home", weight=0),
        PageEntry("tabbar", "portal:home", N_("Home"), "home", weight=0),
    ]


@hookimpl
def slots() -> list[Slot]:
    """The home page has room for what plugins offer."""
    return [Slot("portal.home", N_("Home page, below the doors")), Slot("portal.side", N_("Home page, beside"))]
