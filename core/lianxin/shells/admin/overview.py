"""What an administrator looks at first: figures that want doing, and a door to each page she may enter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import N_, JobRow, Visit, _, list_grants, list_years
from lianxin.shells.admin import access


@dataclass(frozen=True, slots=True)
class Tile:
    """One door. `late`: something there wants doing."""

    title: str
    href: str
    note: str
    icon: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Tiles."""

    template: ClassVar[str] = "admin/overview.html"
    shell: ClassVar[str] = "admin"

    title: str
    tiles: list[Tile]


Telling = Callable[[Visit], Awaitable[tuple[str, bool]]]


async def _jobs(visit: Visit) -> tuple[str, bool]:
    dead = await JobRow.filter(state="dead").count()
    waiting = await JobRow.filter(state="queued").count()
    return _("Failed: %(dead)s. Waiting: %(waiting)s", dead=dead, waiting=waiting), dead > 0


async def _plugins(visit: Visit) -> tuple[str, bool]:
    assembly = visit.site.assembly
    faulty = len({fault.plugin for fault in assembly.faults})
    return _("On: %(on)s. Set aside: %(faulty)s", on=len(assembly.plugins), faulty=faulty), faulty > 0


async def _calendar(visit: Visit) -> tuple[str, bool]:
    years = await list_years()
    following = visit.now.year + 1
    if following in years:
        return _("Entered until %(year)s", year=max(years)), False
    # The State Council announces the next year in November.
    return _("%(year)s is not entered yet", year=following), visit.now.month == 12 or visit.now.year not in years


async def _grants(visit: Visit) -> tuple[str, bool]:
    return _("Grants that count: %(count)s", count=len(await list_grants(visit.now))), False


async def _nothing(visit: Visit) -> tuple[str, bool]:
    return "", False


DOORS: tuple[tuple[str, str, object, str, Telling], ...] = (
    (access.GRANT, "admin:people", N_("Grants"), "key", _grants),
    (access.GRANT, "admin:staff", N_("Staff accounts"), "users", _nothing),
    (access.AUDIT, "admin:audit", N_("Audit trail"), "history", _nothing),
    (access.AREAS, "admin:areas", N_("Places"), "pin", _nothing),
    (access.CALENDAR, "admin:calendar", N_("Working days"), "cal", _calendar),
    (access.PLUGINS, "admin:plugins", N_("Plugins"), "plug", _plugins),
    (access.SETTINGS, "admin:settings", N_("Settings"), "gear", _nothing),
    (access.JOBS, "admin:jobs", N_("Jobs"), "again", _jobs),
    (access.MESSAGES, "admin:messages", N_("Messages sent"), "send", _nothing),
)


async def show_overview(visit: Visit) -> OverviewPage:
    """Only what she may enter."""
    tiles = []
    for permission, route, title, icon, telling in DOORS:
        if visit.actor.may(permission):
            note, late = await telling(visit)
            tiles.append(Tile(str(title), visit.url(route), note, icon, late))
    return OverviewPage(_("Administration"), [*tiles, *_doors_of_plugins(visit)])


def _doors_of_plugins(visit: Visit) -> list[Tile]:
    """Pages that plugins put on this shelf."""
    routes = visit.site.routes
    entries = [each for each in visit.site.assembly.items("pages") if each.shelf == "admin"]
    return [
        Tile(str(each.title), visit.url(each.route), str(each.group), each.icon)
        for each in sorted(entries, key=lambda entry: entry.weight)
        if not each.route.startswith("admin:") and visit.actor.may(routes[each.route].item.access)
    ]
