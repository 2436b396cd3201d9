"""The live queue: overdue first, nothing jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from lianxin.api import (
    MatterRow,
    QueueRow,
    See,
    Visit,
    _,
    all_flows,
    count_some,
    format_due,
    format_duration_left,
    list_queue,
    queue_condition,
)
from lianxin.shells.desk.counting import count_queue, shown_count
from lianxin.shells.desk.pages import ArrivedPage, Chip, Group, Line, QueuePage, QueueView
from lianxin.shells.desk.place import VIEWS, View, flow_of, matter_address, place_of, view_of

SIZE = 100
LONG = timedelta(days=10)
BADGE: Final[tuple[View, ...]] = ("all", "overdue")


async def show_queue(visit: Visit) -> QueuePage:
    """The list; the place beside it says to choose a line."""
    return QueuePage(_("Queue"), await load_queue(visit))


async def load_queue(visit: Visit, current: str = "") -> QueueView:
    """What stands at the left: chips, groups, the next page. `current` is the code that is open beside it."""
    view, flow = view_of(visit), flow_of(visit)
    counts = await count_queue(visit.actor, flow=flow, now=visit.now)
    found = await list_queue(
        visit.actor, view=view, flow=flow, after=visit.query("after", longest=500), size=SIZE, now=visit.now
    )
    following = visit.url("desk:home", **place_of(visit), after=found.next_key) if found.next_key else ""
    return QueueView(
        total=shown_count(getattr(counts, view, counts.all)),
        chips=[chip(visit, each, getattr(counts, each), view) for each in VIEWS],
        flows=_flow_chips(visit, flow),
        groups=_groups(visit, found.rows, current),
        next_href=following,
        arrivals=visit.url("desk:arrived", **place_of(visit), since=str(int(visit.now.timestamp()))),
        here=visit.url("desk:home", **place_of(visit)),
        everything=visit.url("desk:home"),
        several=visit.url("desk:several", **place_of(visit)),
        filtered=view != "all" or bool(flow),
    )


def chip(visit: Visit, view: View, count: int, current: View, route: str = "desk:home") -> Chip:
    """One of the filters by whose it is, on the page of that route."""
    titles = {"all": _("All"), "mine": _("Mine"), "unclaimed": _("Nobody's"), "overdue": _("Overdue")}
    href = visit.url(route, view="" if view == "all" else view, flow=flow_of(visit))
    return Chip(titles[view], href, shown_count(count), view == current)


def _flow_chips(visit: Visit, current: str) -> list[Chip]:
    """Kinds of matters to choose from; with one kind there is nothing to choose."""
    flows = [flow for flow in all_flows() if visit.actor.may(flow.read)]
    if len(flows) < 2:
        return []
    view = place_of(visit)["view"]
    every = Chip(_("Every kind"), visit.url("desk:home", view=view), "", not current)
    return [every] + [
        Chip(str(flow.title), visit.url("desk:home", view=view, flow=flow.name), "", flow.name == current)
        for flow in flows
    ]


def _groups(visit: Visit, rows: object, current: str) -> list[Group]:
    sorted_rows: dict[str, list[Line]] = {"late": [], "soon": [], "": []}
    for row in rows:  # type: ignore[attr-defined]
        sorted_rows[_kind(visit, row)].append(_line(visit, row, current))
    titles = {"late": _("Overdue"), "soon": _("Due today"), "": _("The rest")}
    return [Group(titles[kind], kind, lines) for kind, lines in sorted_rows.items() if lines]


def _kind(visit: Visit, row: QueueRow) -> str:
    if row.late:
        return "late"
    if row.due_at is None:
        return ""
    zone = ZoneInfo(visit.site.config.zone)
    # Midnight is the end of the day before.
    last = (row.due_at - timedelta(microseconds=1)).astimezone(zone).date()
    return "soon" if last == visit.now.astimezone(zone).date() else ""


def _line(visit: Visit, row: QueueRow, current: str) -> Line:
    kind = _kind(visit, row) or ("ok" if row.due_at else "off")
    facts = [row.flow_title, f"{row.code[:4]} {row.code[4:]}", row.applicant, row.area, row.state]
    if row.reminders:
        facts.append(_("reminded: %(count)s", count=row.reminders))
    return Line(
        title=row.title,
        href=matter_address(visit, row.code),
        fact=" · ".join(fact for fact in facts if fact),
        timing={"kind": kind, "text": _when(visit, row, kind), "share": _share(visit, row.due_at)},
        owner=row.owner,
        code=row.code,
        current=row.code == current,
    )


def _when(visit: Visit, row: QueueRow, kind: str) -> str:
    if row.due_at is None:
        return _("paused") if row.tag == "wait" else _("no clock")
    if kind == "soon" and row.due_at - visit.now > timedelta(hours=6):
        return format_due(row.due_at, visit.now)
    return format_duration_left(row.due_at, visit.now)


def _share(visit: Visit, due_at: datetime | None) -> int:
    """How full the ring is: the last ten days count."""
    if due_at is None:
        return 0
    return round(100 * (1 - min(max((due_at - visit.now) / LONG, 0.0), 0.95)))


async def show_arrived(visit: Visit) -> ArrivedPage | See:
    """How many came since the list was drawn. Without htmx it leads to the list itself."""
    here = visit.url("desk:home", **place_of(visit))
    if not visit.wants_fragment:
        return See(here)
    since = visit.query("since", "0", longest=12)
    if not since.isdecimal():
        return ArrivedPage(_("Queue"), 0, here)
    moment = datetime.fromtimestamp(int(since), UTC)
    condition = queue_condition(visit.actor, view_of(visit), flow=flow_of(visit), now=visit.now)
    count = await MatterRow.filter(condition, changed_at__gt=moment, owner_id=None).count()
    return ArrivedPage(_("Queue"), count, here)


async def count_badge(visit: Visit) -> tuple[int, int]:
    """The figure in the menu; what is overdue in red."""
    every, late = [await count_some(queue_condition(visit.actor, view, now=visit.now)) for view in BADGE]
    return every, late
