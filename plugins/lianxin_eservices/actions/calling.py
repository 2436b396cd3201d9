"""Call me: one press at any step makes a matter in the desk's queue, and the resident is told what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Change,
    Limit,
    MatterInfo,
    MessageKind,
    Refused,
    Start,
    find_area,
    get_person,
    get_vault,
    list_children,
    load_matter,
    open_matter,
    phone_of,
    unit_of_work,
)
from lianxin_eservices import messages
from lianxin_eservices.models import CallBack, Case
from lianxin_eservices.queries.items import PublishedItem, item_of_version
from lianxin_eservices.rules.days import last_day

TABLE = "eservices_call_back"
FLOW = "eservices.call_back"


async def ask_call(
    item: PublishedItem,
    *,
    by: Actor,
    step: str = "",
    case_code: str = "",
    phone: str = "",
    area: str = "",
    now: datetime,
) -> MatterInfo:
    """Opens the call-back, or answers the one that is open for the same service.

    `phone` as told a moment ago or in the answers, else the number that we know. Raises Refused (422, field phone)
    where there is none.
    """
    assert by.person_id is not None  # the route asks for somebody signed in
    async with unit_of_work():
        open_now = await CallBack.filter(person_id=by.person_id, item_id=item.id, done_at=None).first()
        if open_now is not None:
            return await load_matter(open_now.matter_id)
        number = phone or await _known(by.person_id)
        if not number:
            raise Refused(
                "eservices.no_number", N_("Type the number under which we reach you."), status=422, field="phone"
            )
        matter, change = await open_matter(
            FLOW,
            title=item.guide.name.zh[:120],
            title_en=item.guide.name.en[:160],
            area_id=await _area(by.person_id, area),
            applicant_id=by.person_id,
            by=by,
            now=now,
            clocks=(Start("call_back", Limit(1)),),
        )
        sealed = get_vault().seal(number, table=TABLE, column="phone", row_id=matter.id)
        await CallBack.create(
            matter_id=matter.id, person_id=by.person_id, item_id=item.id, step=step, case_code=case_code, phone=sealed
        )
        assert matter.due_at is not None  # the clock that began above
        await _tell(change, messages.CALL_ASKED, due=last_day(matter.due_at))
    return matter


async def ask_call_about(matter: MatterInfo, *, by: Actor, now: datetime) -> MatterInfo:
    """The same about an application that was sent."""
    item = await item_of_version((await Case.get(matter_id=matter.id)).version_id)
    return await ask_call(item, by=by, case_code=matter.code, now=now)


async def knows_number(person_id: UUID | None) -> bool:
    """Whether one press is enough."""
    return person_id is not None and await phone_of(person_id) is not None


async def _known(person_id: UUID) -> str:
    held = await phone_of(person_id)
    if held is None:
        return ""
    return get_vault().open_for_delivery(held.number, table="phone", column="number", row_id=held.id)


async def _area(person_id: UUID, code: str) -> UUID:
    """Where she lives: by the answers, by what we know, else the whole county."""
    named = await find_area(code) if code else None
    home = named.id if named else (await get_person(person_id)).home_area_id
    return home or (await list_children(None))[0].id


async def _tell(change: Change, kind: MessageKind, **more: Any) -> None:
    named = {"zh_Hans": change.matter.title_zh, "en": change.matter.title_en or change.matter.title_zh}
    code = f"{change.matter.code[:4]} {change.matter.code[4:]}"
    await change.tell(kind, item=named, code=code, **more)


# What the flow's transitions do


async def called(change: Change) -> None:
    """Talked: what was said stands in the history, the number is forgotten."""
    change.step_data["outcome"] = change.data.outcome
    await _close(change)
    await _tell(change, messages.CALLED_BACK)


async def not_reached(change: Change) -> None:
    """Nobody answered; it stays in the queue."""
    await _tell(change, messages.NOT_REACHED)


async def no_need(change: Change) -> None:
    """It has settled itself."""
    await _close(change)


async def _close(change: Change) -> None:
    await CallBack.filter(matter_id=change.matter.id, done_at=None).update(done_at=change.now, phone=None)
