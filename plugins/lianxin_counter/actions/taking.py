"""A number is taken, at the tablet or by the desk for somebody; and given back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from tortoise.expressions import F

from lianxin.api import (
    N_,
    Allowance,
    Refused,
    TooManyTries,
    Try,
    address_key,
    get_settings,
    get_vault,
    unit_of_work,
    use_up,
    uuid7,
)
from lianxin_counter.actions.telling import tell_hall
from lianxin_counter.models import Day, Slip
from lianxin_counter.rules.numbers import CODE_ALPHABET, CODE_LENGTH
from lianxin_counter.rules.order import ORDINARY, PRIORITY
from lianxin_counter.settings import CounterSettings
from lianxin_counter.states import LEFT, MISSED, WAITING

TABLE: Final = "counter_slip"
FROM_ONE_ADDRESS: Final = (Allowance(30, timedelta(minutes=10)), Allowance(400, timedelta(hours=12)))
"""A tablet serves a full hall; a script that means harm is soon told to wait."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom: `priority` is a reason of states.REASONS or nothing, `name` and `about` only where the desk asks."""

    priority: str = ""
    name: str = ""
    about: str = ""


async def check_flood(address: str, *, now: datetime) -> None:
    """Counts one more from this address. Raises TooManyTries (429). Outside a unit of work: it stays counted."""
    wait = await use_up([Try("counter_take", address_key(address), FROM_ONE_ADDRESS)], now=now)
    if isinstance(wait, timedelta):
        raise TooManyTries(wait)


async def take(area_id: UUID, wanted: Wanted, *, day: date, now: datetime) -> Slip:
    """The next number of the day and kind. The day’s row is taken first. Raises Refused (409) when too many wait."""
    most = (await get_settings(CounterSettings)).most_waiting
    kind, column = (PRIORITY, "priority") if wanted.priority else (ORDINARY, "ordinary")
    async with unit_of_work():
        await Day.bulk_create([Day(area_id=area_id, day=day)], ignore_conflicts=True)
        await Day.filter(area_id=area_id, day=day).update(**{column: F(column) + 1})
        if await Slip.filter(area_id=area_id, day=day, state=WAITING).count() >= most:
            text = N_("So many are waiting that we give no more numbers just now. Please speak to the desk.")
            raise Refused("counter.full", text, status=409)
        number = getattr(await Day.get(area_id=area_id, day=day), column)
        slip = _slip(area_id, wanted, kind, number, day, now)
        await slip.save(force_create=True)
        await tell_hall(area_id, now=now)
    return slip


def _slip(area_id: UUID, wanted: Wanted, kind: str, number: int, day: date, now: datetime) -> Slip:
    slip_id = uuid7()
    name = get_vault().seal(wanted.name, table=TABLE, column="name", row_id=slip_id) if wanted.name else None
    return Slip(
        id=slip_id,
        area_id=area_id,
        day=day,
        kind=kind,
        number=number,
        code="".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)),
        priority=wanted.priority,
        name=name,
        about=wanted.about,
        taken_at=now,
    )


async def leave(slip_id: UUID, *, now: datetime) -> None:
    """She does not need it any more. Raises Refused (409) once she was called."""
    async with unit_of_work():
        over = {"state": LEFT, "ended_at": now, "name": None, "about": ""}
        if not await Slip.filter(id=slip_id, state__in=(WAITING, MISSED)).update(**over):
            text = N_("This number has been called, or is over. Look at the page again.")
            raise Refused("counter.not_waiting", text, status=409)
        await tell_hall((await Slip.get(id=slip_id)).area_id, now=now)
