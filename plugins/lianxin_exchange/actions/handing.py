"""A case is handed to the system that decides it, and what that system decides is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianxin.api import (
    Actor,
    Advancing,
    MatterInfo,
    Refused,
    advance,
    enqueue,
    load_matter,
    record,
    unit_of_work,
)
from lianxin_exchange.actions.sending import MOST_TRIES, Unheard
from lianxin_exchange.api import Answer, NotTaken
from lianxin_exchange.models import Handing
from lianxin_exchange.queries.handing import systems

CONSIDER: Final = "exchange.consider"
HAND_OVER: Final = "exchange.hand_over"
AT_ONCE: Final = 100
"""How many answers are asked for in one round."""
_SYSTEM: Final = Actor(system=True)


async def note_handing(asked: Advancing) -> None:
    """In the unit of work of the move itself: it is considered by a job, or the move was not made."""
    change = asked.change
    event = f"{change.matter.flow_name}:{change.transition.target}"
    if any(system.state == event for system in systems().values()):
        await enqueue(CONSIDER, {"matter": str(change.matter.id), "event": event}, due_at=change.now)


async def consider(matter_id: UUID, event: str, *, now: datetime) -> None:
    """Each system that wants the case gets it, once: a case that comes back here later is there already."""
    matter = await load_matter(matter_id)
    for system in systems().values():
        if system.state != event or not await system.wants(matter):
            continue
        async with unit_of_work():
            if await Handing.filter(system=system.name, matter_id=matter_id).exists():
                continue
            row = await Handing.create(system=system.name, matter_id=matter_id, created_at=now, asked_at=now)
            await enqueue(HAND_OVER, {"handing": str(row.id)}, due_at=now)


async def hand_over(handing_id: UUID, *, now: datetime) -> None:
    """One try; the number there is noted on the case. Raises Unheard as long as there are tries left."""
    row = await Handing.filter(id=handing_id, state="waiting").first()
    if row is None:
        return
    matter, system = await load_matter(row.matter_id), systems().get(row.system)
    try:
        if system is None:
            raise NotTaken("its plugin is switched off")
        number = (await system.hand_over(matter, str(row.id)))[:60]
    except NotTaken as fault:
        await _not_taken(row, str(fault), now)
        return
    async with unit_of_work():
        changes = {"state": "acknowledged", "number": number, "acknowledged_at": now, "asked_at": now, "fault": ""}
        if await Handing.filter(id=row.id, state="waiting").update(attempts=row.attempts + 1, **changes) == 0:
            return
    await _make(matter, system.note, {"system": str(system.title)[:60], "number": number}, now)


async def _not_taken(row: Handing, fault: str, now: datetime) -> None:
    over = row.attempts + 1 >= MOST_TRIES
    async with unit_of_work():
        changes = {"state": "missing" if over else "waiting", "fault": fault[:200], "asked_at": now}
        await Handing.filter(id=row.id, state="waiting").update(attempts=row.attempts + 1, **changes)
    if not over:
        raise Unheard(fault)


async def take_answers(now: datetime) -> int:
    """Asks for those that were asked for longest ago. Answers how many were decided."""
    taken = 0
    for row in await Handing.filter(state="acknowledged").order_by("asked_at", "id").limit(AT_ONCE):
        system, answer, fault = systems().get(row.system), None, ""
        try:
            answer = await system.answer_of(row.number) if system is not None else None
        except NotTaken as silent:
            fault = str(silent)[:200]
        if answer is not None:
            taken += await _take(row, answer, now)
            continue
        async with unit_of_work():
            await Handing.filter(id=row.id, state="acknowledged").update(asked_at=now, fault=fault)
    return taken


async def _take(row: Handing, answer: Answer, now: datetime) -> bool:
    """Entered once. What our own rules refuse stays visible as a fault, for somebody to look at."""
    async with unit_of_work():
        changes = {"state": "answered", "answered_at": now, "answer": answer.move[:40], "fault": ""}
        if await Handing.filter(id=row.id, state="acknowledged").update(**changes) == 0:
            return False
    refused = await _make(await load_matter(row.matter_id), answer.move, dict(answer.values), now)
    if refused:
        async with unit_of_work():
            await Handing.filter(id=row.id).update(fault=refused[:200])
    return not refused


async def _make(matter: MatterInfo, move: str, values: dict[str, Any], now: datetime) -> str:
    """The move of the flow, by the same door as every other; answers why not, if not."""
    if not move:
        return ""
    try:
        form = matter.flow.transition(move).form
        data = form.model_validate(values) if form is not None else None
        await advance(matter, move, by=_SYSTEM, now=now, data=data)
    except Refused as refused:
        return str(refused)
    except (ValueError, KeyError) as unfit:
        return f"{move}: {type(unfit).__name__}"
    return ""


async def hand_over_again(handing_id: UUID, *, by: Actor, now: datetime) -> bool:
    """One that is missing gets all its tries anew. False: it is not missing."""
    async with unit_of_work():
        if await Handing.filter(id=handing_id, state="missing").update(state="waiting", attempts=0, fault="") == 0:
            return False
        await enqueue(HAND_OVER, {"handing": str(handing_id)}, due_at=now)
        await record("exchange.hand_over", by=by, object_kind="handing", object_id=handing_id, now=now)
    return True
