"""In-hand help, read: how it stands for whoever shows, and what the colleague may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import N_, Refused, Visit, get_vault, people_of
from lianxin_eservices.models import Draft, Showing

TABLE: Final = "eservices_showing"
QUIET: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ShownNow:
    """`number` until somebody has typed it; from then on `colleague`, who sees the page at `step`."""

    id: UUID
    number: str
    until: datetime
    colleague: str
    step: str
    pointed: str


def runs(row: Showing, now: datetime) -> bool:
    """Neither stopped nor run out: the number after ten minutes, the rest after fifteen quiet ones."""
    if row.ended_at is not None:
        return False
    return now < (row.expires_at if row.colleague_id is None else row.moved_at + QUIET)


async def shown_now(draft_id: UUID, now: datetime) -> ShownNow | None:
    """Of a draft that is the visitor's own."""
    row = await Showing.filter(draft_id=draft_id, ended_at=None).first()
    if row is None or not runs(row, now):
        return None
    name = (await people_of([row.colleague_id]))[row.colleague_id].name if row.colleague_id else ""
    number = ""
    if row.number is not None:
        number = get_vault().open_for_delivery(row.number, table=TABLE, column="number", row_id=row.id)
    return ShownNow(row.id, number, row.expires_at, name, row.step, row.pointed)


def over() -> Refused:
    """Stopped, quiet for long, sent, never there: all look alike."""
    return Refused(
        "eservices.not_shown", N_("This page is not shown to you any more. Ask for a new number."), status=404
    )


async def load_shown(visit: Visit, text: str) -> Showing:
    """For routes: what is shown to this colleague now. Refused with 404 otherwise."""
    try:
        row = await Showing.get_or_none(id=UUID(text), colleague_id=visit.actor.person_id, ended_at=None)
    except ValueError:
        row = None
    if row is None or not runs(row, visit.now) or not await Draft.exists(id=row.draft_id, ended_at=None):
        raise over()
    return row
