"""The desk's hooks."""

from __future__ import annotations

from lianxin.api import N_, PageEntry, Permission, Route, Slot, hookimpl
from lianxin.shells.desk.access import PERMISSIONS
from lianxin.shells.desk.queue import count_badge
from lianxin.shells.desk.routes import ROUTES
from lianxin.shells.desk.tasks import count_tasks


@hookimpl
def routes() -> list[Route]:
    """Everything below /desk/, and the files that matters carry."""
    return list(ROUTES)


@hookimpl
def permissions() -> list[Permission]:
    """Few, by what one does."""
    return list(PERMISSIONS)


@hookimpl
def pages() -> list[PageEntry]:
    """The queue first, then what is looked for."""
    return [
        PageEntry("desk", "desk:home", N_("Queue"), "inbox", weight=0, badge=count_badge),
        PageEntry("desk", "desk:tasks", N_("Tasks"), "done", weight=5, badge=count_tasks),
        PageEntry("desk", "desk:find", N_("Find"), "search", weight=10),
        PageEntry("desk", "desk:new_person", N_("Enter a person"), "id", weight=15),
    ]


@hookimpl
def slots() -> list[Slot]:
    """Plugins offer what they can do for a person, and add to a matter's page."""
    return [
        Slot("desk.person", N_("A person at the desk, below her card")),
        Slot("desk.matter", N_("A matter at the desk, below its middle")),
    ]
