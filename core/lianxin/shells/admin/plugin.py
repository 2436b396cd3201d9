"""The administration's hooks."""

from __future__ import annotations

from lianxin.api import N_, Deed, PageEntry, Permission, Route, hookimpl
from lianxin.shells.admin.access import PERMISSIONS
from lianxin.shells.admin.deeds import DEEDS
from lianxin.shells.admin.jobs import count_dead
from lianxin.shells.admin.routes import ROUTES


@hookimpl
def routes() -> list[Route]:
    """Everything below /admin/."""
    return list(ROUTES)


@hookimpl
def deeds() -> list[Deed]:
    """All that the kernel records."""
    return list(DEEDS)


@hookimpl
def permissions() -> list[Permission]:
    """By what one administers."""
    return list(PERMISSIONS)


@hookimpl
def pages() -> list[PageEntry]:
    """What one may not, one does not see."""
    site, people = N_("The site"), N_("People and rights")
    return [
        PageEntry("admin", "admin:home", N_("Overview"), "bars", weight=0),
        PageEntry("admin", "admin:people", N_("Grants"), "key", weight=10, group=people),
        PageEntry("admin", "admin:staff", N_("Staff accounts"), "users", weight=11, group=people),
        PageEntry("admin", "admin:audit", N_("Audit trail"), "history", weight=12, group=people),
        PageEntry("admin", "admin:areas", N_("Places"), "pin", weight=20, group=site),
        PageEntry("admin", "admin:calendar", N_("Working days"), "cal", weight=21, group=site),
        PageEntry("admin", "admin:plugins", N_("Plugins"), "plug", weight=22, group=site),
        PageEntry("admin", "admin:settings", N_("Settings"), "gear", weight=23, group=site),
        PageEntry("admin", "admin:jobs", N_("Jobs"), "again", weight=24, group=site, badge=count_dead),
        PageEntry("admin", "admin:messages", N_("Messages sent"), "send", weight=25, group=site),
    ]
