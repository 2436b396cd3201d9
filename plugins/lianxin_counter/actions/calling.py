"""Calling, serving, finishing: what a clerk does with numbers.

Each takes the slip's row by its state, so of two clerks who press at once one has it and the other is told.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import F

from lianxin.api import N_, Actor, Refused, unit_of_work
from lianxin_counter.actions.telling import tell_hall
from lianxin_counter.models import Counter, Day, Slip
from lianxin_counter.queries.slips import to_wait
from lianxin_counter.rules.numbers import show_number
from lianxin_counter.rules.order import Waiting, next_one, streak_after
from lianxin_counter.states import BUSY, CALLED, DONE, MISSED, SERVING, WAITING


async def call_next(counter: Counter, *, by: Actor, day: date, now: datetime) -> UUID | None:
    """Calls whoever is next at this counter, None when nobody waits. The day's row is held, so two calls never cross.

    Raises Refused (409) while she still has somebody at her counter.
    """
    async with unit_of_work():
        today = await Day.filter(area_id=counter.area_id, day=day).select_for_update().first()
        await _be_free(by)
        waiting = await to_wait(counter.area_id, day)
        chosen = next_one(waiting, counter.id, today.streak if today else 0)
        if today is None or chosen is None:
            return None
        await _call(chosen, counter, by, now)
        if chosen.meant_for is None:
            await Day.filter(id=today.id).update(streak=streak_after(chosen, today.streak))
        await tell_hall(counter.area_id, now=now)
    return chosen.id


async def _be_free(by: Actor) -> None:
    """Nobody calls the next one while somebody stands before her."""
    held = await Slip.filter(clerk_id=by.person_id, state__in=BUSY).first()
    if held is not None:
        text = N_("Number %(number)s is still at your counter. Finish with it first.")
        raise Refused("counter.busy", text, status=409, number=show_number(held.kind, held.number))


async def _call(chosen: Waiting, counter: Counter, by: Actor, now: datetime) -> None:
    called = {"state": CALLED, "clerk_id": by.person_id, "counter_id": counter.id, "meant_for_id": None}
    await Slip.filter(id=chosen.id, first_called_at=None).update(first_called_at=now)
    if not await Slip.filter(id=chosen.id, state=WAITING).update(**called, called_at=now, calls=F("calls") + 1):
        raise _moved()


async def recall(slip: Slip, counter: Counter, *, by: Actor, now: datetime) -> None:
    """Somebody who was not there has come: she is called to this counter without waiting anew."""
    async with unit_of_work():
        await _be_free(by)
        changes = {"state": CALLED, "clerk_id": by.person_id, "counter_id": counter.id, "called_at": now}
        if not await Slip.filter(id=slip.id, state=MISSED).update(**changes, calls=F("calls") + 1):
            raise _moved()
        await tell_hall(slip.area_id, now=now)


async def call_again(slip: Slip, *, by: Actor, now: datetime) -> None:
    """Once more over the loudspeaker."""
    await _move(slip, (CALLED,), by, now, called_at=now, calls=F("calls") + 1)


async def begin(slip: Slip, *, by: Actor, now: datetime) -> None:
    """She stands at the counter."""
    await _move(slip, (CALLED,), by, now, state=SERVING, serving_at=now)


async def miss(slip: Slip, *, by: Actor, now: datetime) -> None:
    """She did not come. The number is kept back and may be called again."""
    await _move(slip, (CALLED,), by, now, state=MISSED, clerk_id=None, counter_id=None)


async def finish(slip: Slip, *, by: Actor, now: datetime) -> None:
    """Done. What was written down of her is forgotten."""
    await _move(slip, BUSY, by, now, state=DONE, ended_at=now, name=None, about="")


async def hand_on(slip: Slip, other: Counter, *, by: Actor, now: datetime) -> None:
    """To another counter of the station, which calls it before all others. Raises Refused (422)."""
    if other.area_id != slip.area_id or other.id == slip.counter_id:
        raise Refused("counter.which", N_("Choose another counter."), status=422, field="counter")
    await _move(slip, BUSY, by, now, state=WAITING, clerk_id=None, counter_id=None, meant_for_id=other.id)


async def _move(slip: Slip, sources: tuple[str, ...], by: Actor, now: datetime, **changes: Any) -> None:
    """Only whoever called it moves it on."""
    async with unit_of_work():
        if not await Slip.filter(id=slip.id, state__in=sources, clerk_id=by.person_id).update(**changes):
            raise _moved()
        await tell_hall(slip.area_id, now=now)


def _moved() -> Refused:
    return Refused("counter.moved", N_("This number has moved on meanwhile. Look at the page again."), status=409)
