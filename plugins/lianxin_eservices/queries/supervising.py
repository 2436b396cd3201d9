"""What is overdue or about to be, for whoever watches over a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import Q

from lianxin.api import Actor, MatterRow, all_flows, organisations_of, visible_matters

SOON: Final = timedelta(days=3)
MOST: Final = 200
LATE, NEAR = "late", "soon"
_COLUMNS: Final = ("code", "title", "title_en", "organisation_id", "owner_id", "flow", "state", "due_at")


@dataclass(frozen=True, slots=True)
class Watched:
    """One matter: what it is, who has it, since when it is late or until when there is time."""

    code: str
    title: str
    office: str
    owner: bool
    state: str
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """The list, the most overdue first, and how many there are in all."""

    rows: tuple[Watched, ...]
    late: int
    near: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How many are overdue, how many end by a moment, and how many of these nobody has taken."""

    late: int
    near: int
    free: int


async def count_ending(actor: Actor, *, now: datetime, until: datetime) -> Ending:
    """Of what this colleague may see: three queries."""
    seen = MatterRow.filter(visible_matters(actor, all_flows()), flow__startswith="eservices.", closed_at=None)
    near = seen.filter(due_at__gte=now, due_at__lte=until)
    return Ending(
        late=await seen.filter(due_at__lt=now).count(),
        near=await near.count(),
        free=await near.filter(owner_id=None).count(),
    )


async def watch(actor: Actor, view: str, language: str, *, now: datetime) -> Watch:
    """Overdue (`late`) or due within three days (`soon`); five queries, however many there are."""
    flows = all_flows()
    open_ones = MatterRow.filter(visible_matters(actor, flows), flow__startswith="eservices.", closed_at=None)
    late = Q(due_at__lt=now)
    near = Q(due_at__gte=now, due_at__lt=now + SOON)
    chosen = open_ones.filter(near if view == NEAR else late).order_by("due_at", "id").limit(MOST)
    rows = await chosen.values(*_COLUMNS)
    offices = await organisations_of({row["organisation_id"] for row in rows if row["organisation_id"]})
    titles = {(flow.name, state.name): str(state.title) for flow in flows for state in flow.states}
    return Watch(
        rows=tuple(
            Watched(
                code=row["code"],
                title=(row["title_en"] or row["title"]) if language == "en" else row["title"],
                office=offices[row["organisation_id"]].name if row["organisation_id"] in offices else "",
                owner=row["owner_id"] is not None,
                state=titles.get((row["flow"], row["state"]), row["state"]),
                due_at=row["due_at"],
                late=row["due_at"] < now,
            )
            for row in rows
        ),
        late=await open_ones.filter(late).count(),
        near=await open_ones.filter(near).count(),
    )
