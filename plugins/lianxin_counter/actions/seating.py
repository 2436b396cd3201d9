"""Counters are opened, and clerks sit down at them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Actor, Refused, find_person, mask_name, record, unit_of_work
from lianxin_counter.models import Counter, Slip
from lianxin_counter.states import BUSY


async def add_counter(area_id: UUID, *, by: Actor, now: datetime) -> Counter:
    """One more, with the next number. Raises Refused (409) at the hundredth."""
    async with unit_of_work():
        top = await Counter.filter(area_id=area_id).order_by("-number").first()
        number = top.number + 1 if top else 1
        if number > 99:
            raise Refused("counter.many", N_("A station has 99 counters at most."), status=409)
        row = Counter(area_id=area_id, number=number, created_at=now)
        await row.save(force_create=True)
        await record(
            "counter.opened",
            by=by,
            object_kind="area",
            object_id=area_id,
            detail={"number": str(number)},
            now=now,
        )
    return row


async def sit_down(counter_id: UUID, *, by: Actor, now: datetime) -> None:
    """At this counter from now on; up from the one before.

    Raises Refused (409) while a number is at her own counter, or a colleague serves one at this. A colleague who went
    without getting up loses the seat.
    """
    async with unit_of_work():
        counter = await Counter.filter(id=counter_id).select_for_update().get()
        if await Slip.filter(clerk_id=by.person_id, state__in=BUSY).exists():
            raise Refused("counter.serving", N_("A number is at your counter. Finish with it first."), status=409)
        if counter.clerk_id not in (None, by.person_id):
            await _see_that_it_is_free(counter)
        await Counter.filter(clerk_id=by.person_id).update(clerk_id=None, seated_at=None)
        await Counter.filter(id=counter_id).update(clerk_id=by.person_id, seated_at=now)


async def _see_that_it_is_free(counter: Counter) -> None:
    if counter.clerk_id is not None and await Slip.filter(counter_id=counter.id, state__in=BUSY).exists():
        person = await find_person(counter.clerk_id)
        text = N_("%(who)s serves somebody at this counter. Choose another.")
        raise Refused("counter.taken", text, status=409, who=mask_name(person.name) if person else "…")


async def get_up(*, by: Actor) -> None:
    """Her counter is free. Raises Refused (409) while a number is there."""
    async with unit_of_work():
        if await Slip.filter(clerk_id=by.person_id, state__in=BUSY).exists():
            raise Refused("counter.serving", N_("A number is at your counter. Finish with it first."), status=409)
        await Counter.filter(clerk_id=by.person_id).update(clerk_id=None, seated_at=None)
