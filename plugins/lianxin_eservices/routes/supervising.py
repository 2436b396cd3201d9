"""The supervision list: what is overdue or about to be."""

from __future__ import annotations

from lianxin.api import Visit, _
from lianxin_eservices.pages import Chip
from lianxin_eservices.pages_supervising import WatchPage
from lianxin_eservices.queries.supervising import LATE, MOST, NEAR, watch


async def show_watch(visit: Visit) -> WatchPage:
    """Overdue ones first; by one tap those that soon will be."""
    view = NEAR if visit.query("view", longest=8) == NEAR else LATE
    found = await watch(visit.actor, view, visit.language, now=visit.now)
    chips = (
        Chip(_("Overdue"), visit.url("eservices:watch"), view == LATE, str(found.late)),
        Chip(_("Due within three days"), visit.url("eservices:watch", view=NEAR), view == NEAR, str(found.near)),
    )
    return WatchPage(_("Supervision list"), chips, found.rows, view == LATE, len(found.rows) >= MOST)
