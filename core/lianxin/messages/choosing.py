"""How a person wants to be reached: kept by herself, read with each message to her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID

from lianxin.data.prepared import Prepared
from lianxin.data.unit import unit_of_work
from lianxin.messages.models import MessageChoice
from lianxin.messages.rules import NIGHT, Quiet, Reach

_CHOICE: Final = Prepared(
    lambda person_id: MessageChoice.filter(person_id=person_id).values("channels", "quiet_from", "quiet_until"),
    person_id=UUID(int=1),
)


async def reach_of(person_id: UUID) -> Reach:
    """What this person chose, or what holds for all. One query."""
    rows = await _CHOICE.rows(person_id=person_id)
    if not rows:
        return Reach({}, NIGHT)
    row = rows[0]
    return Reach(dict(row["channels"]), Quiet(_clock(row["quiet_from"]), _clock(row["quiet_until"])))


async def choose_reach(person_id: UUID, channels: Mapping[str, bool], quiet: Quiet, *, now: datetime) -> None:
    """Keeps what she chose. What is under way already goes as it was."""
    values: dict[str, Any] = {
        "channels": dict(channels),
        "quiet_from": _minutes(quiet.begin),
        "quiet_until": _minutes(quiet.end),
        "changed_at": now,
    }
    async with unit_of_work():
        if not await MessageChoice.filter(person_id=person_id).update(**values):
            await MessageChoice.create(person_id=person_id, **values)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
