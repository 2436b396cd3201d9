"""The plugin's table of contents: what it hands to the kernel."""

from __future__ import annotations

from lianxin.api import (
    N_,
    Deed,
    DemoData,
    Filler,
    Job,
    Listener,
    PageEntry,
    Permission,
    Route,
    SettingsGroup,
    Slot,
    hookimpl,
)
from lianxin_counter.access import PERMISSIONS
from lianxin_counter.deeds import DEEDS
from lianxin_counter.demo import fill_demo
from lianxin_counter.jobs import JOBS
from lianxin_counter.listeners import LISTENERS
from lianxin_counter.models import Counter, Day, Made, Slip
from lianxin_counter.routes.desk import count_badge
from lianxin_counter.routes.filling import fill_matter
from lianxin_counter.routes.table import ROUTES
from lianxin_counter.settings import CounterSettings


@hookimpl
def models() -> list[type]:
    """Counters, days, slips, and what was made."""
    return [Counter, Day, Slip, Made]


@hookimpl
def routes() -> list[Route]:
    """The hall, and the clerk's page."""
    return list(ROUTES)


@hookimpl
def pages() -> list[PageEntry]:
    """It stands at the desk, right below the queue."""
    return [PageEntry("desk", "counter:desk", N_("Counter"), "counter", weight=2, badge=count_badge)]


@hookimpl
def permissions() -> list[Permission]:
    """One."""
    return list(PERMISSIONS)


@hookimpl
def slots() -> list[Slot]:
    """Where other plugins offer what can be begun for whoever stands at the counter."""
    return [Slot("counter.serving", N_("The counter's page, while somebody is served"))]


@hookimpl
def fillers() -> list[Filler]:
    """A matter says at which number it was made; while one is served, the way back stands on every matter."""
    return [Filler("desk.matter", fill_matter, "counter/of_matter.html", weight=10)]


@hookimpl
def listeners() -> list[Listener]:
    """Matters made while a number is served belong to it."""
    return list(LISTENERS)


@hookimpl
def settings() -> list[SettingsGroup]:
    """How many may wait, and whether the tablet prints."""
    return [SettingsGroup(N_("Numbers at the counter"), CounterSettings)]


@hookimpl
def jobs() -> list[Job]:
    """The end of the day."""
    return list(JOBS)


@hookimpl
def deeds() -> list[Deed]:
    """For who reads the audit trail."""
    return list(DEEDS)


@hookimpl
def demo() -> list[DemoData]:
    """A morning at the counters of Puziling."""
    return [DemoData(fill_demo, weight=40)]
