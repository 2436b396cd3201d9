"""What other systems ask and do, through the same queries and actions as the pages."""

from __future__ import annotations

from typing import Any

from lianxin.api import (
    APPLICANT,
    N_,
    SYSTEM,
    Loader,
    MatterInfo,
    Shown,
    Transition,
    Visit,
    advance,
    decode_key,
    get_detail,
    get_visible,
    list_mine,
    list_queue,
    no_matter,
)
from lianxin_eservices import forms
from lianxin_eservices.flow import CASE_FLOW
from lianxin_eservices.queries import exchange
from lianxin_eservices.queries.case import my_case
from lianxin_eservices.queries.items import PublishedItem
from lianxin_eservices.resources.cases import (
    CaseState,
    MineQuery,
    MyCase,
    MyCaseList,
    OfficeCase,
    QueueList,
    QueueQuery,
)
from lianxin_eservices.resources.services import Service, ServiceList, ServicesQuery

FLOW = CASE_FLOW.name
OFFICE_MOVES = {each.name: each for each in CASE_FLOW.transitions if each.access not in (SYSTEM, APPLICANT)}
MY_MOVES = {each.name: each for each in CASE_FLOW.transitions if each.access is APPLICANT}


async def list_services(visit: Visit, asked: ServicesQuery) -> ServiceList:
    """All services, by their code."""
    after = decode_key(asked.after, 1) if asked.after else None
    return await exchange.list_services(visit, asked, after[0] if after else "")


async def show_service(visit: Visit, item: PublishedItem) -> Service:
    """One service."""
    return exchange.service_of(visit, item)


async def list_my_cases(visit: Visit, asked: MineQuery) -> MyCaseList:
    """One's own cases."""
    mine = visit.actor.person_ids
    return exchange.my_list(await list_mine(mine, flow=FLOW, after=asked.after, size=asked.size, now=visit.now))


async def show_my_case(visit: Visit, code: MatterInfo) -> MyCase:
    """How one's own case stands."""
    detail = await get_detail(code, visit.actor, now=visit.now)
    moves = [each for each in detail.buttons if each.name in MY_MOVES]
    return exchange.my_case_of(detail, await my_case(visit, code), moves)


async def list_cases(visit: Visit, asked: QueueQuery) -> QueueList:
    """The queue, as at the desk."""
    found = await list_queue(visit.actor, view=asked.view, flow=FLOW, after=asked.after, size=asked.size, now=visit.now)
    return exchange.queue_list(found)


async def show_case(visit: Visit, code: MatterInfo) -> OfficeCase:
    """One case, as at the desk."""
    detail = await get_detail(code, visit.actor, now=visit.now)
    return await exchange.office_case_of(visit, detail, [each for each in detail.buttons if each.name in OFFICE_MOVES])


async def make_move(visit: Visit, code: MatterInfo, move: Transition) -> Shown:
    """What a button at the desk does."""
    return await _made(visit, code, move, "eservices:api_case")


async def make_my_move(visit: Visit, code: MatterInfo, move: Transition) -> Shown:
    """What a button on the applicant's page does."""
    return await _made(visit, code, move, "eservices:api_my_case")


async def _made(visit: Visit, matter: MatterInfo, move: Transition, leads_to: str) -> Shown:
    asked = await move.asks(matter, visit.actor, visit.now) if move.asks is not None else None
    form = visit.read(asked.form if asked else move.form or forms.EmptyForm)
    data: Any = None if isinstance(form, forms.EmptyForm) else form
    remark = getattr(form, "remark", "")
    after = await advance(matter, move.name, by=visit.actor, now=visit.now, data=data, remark=str(remark))
    state: CaseState = exchange.state_of(after)
    return Shown(state, headers={"location": visit.url(leads_to, code=after.code)})


async def _load_mine(visit: Visit, text: str) -> MatterInfo:
    matter = await get_visible(text, visit.actor, flow=FLOW)
    if {matter.applicant_id, matter.made_by_id}.isdisjoint(visit.actor.person_ids):
        raise no_matter()
    return matter


def _move_of(moves: dict[str, Transition]) -> Loader:
    async def load(_: Visit, name: str) -> Transition:
        if name not in moves:
            raise no_matter()
        return moves[name]

    return Loader(load, scoped=False, because="a word of the flow; the matter beside it is guarded")


MINE = Loader(
    _load_mine, scoped=False, because="the rule in force, and hers beside it", says=N_("The code of one’s own case.")
)
OFFICE_MOVE, MY_MOVE = _move_of(OFFICE_MOVES), _move_of(MY_MOVES)
