"""A matter begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError

from lianxin.access.actor import Actor
from lianxin.data.unit import unit_of_work
from lianxin.declarations import SYSTEM, Start, Transition
from lianxin.events import ask
from lianxin.matters.advancing import Opening, add_step, publish_change
from lianxin.matters.changing import Change
from lianxin.matters.clocks import set_due
from lianxin.matters.flow import get_flow
from lianxin.matters.info import MatterInfo, load_matter
from lianxin.matters.models import Matter
from lianxin.values.codes import new_code

TRIES = 5
OPEN = "open"
"""The name of the first step in every history."""


async def open_matter(
    flow_name: str,
    *,
    title: str,
    title_en: str = "",
    area_id: UUID,
    applicant_id: UUID | None,
    by: Actor,
    now: datetime,
    organisation_id: UUID | None = None,
    confidentiality: str = "normal",
    clocks: tuple[Start, ...] = (),
    remark: str = "",
) -> tuple[MatterInfo, Change]:
    """Opens a matter in the first state of its flow, in the unit of work at hand; its clocks begin now.

    `made_by` is kept for a resident who enters it (for herself or another), not for staff. Answers the matter and a
    Change by which the caller may tell the applicant or open tasks.
    """
    flow = get_flow(flow_name)
    async with unit_of_work():
        row = Matter(
            code=await _free_code(),
            flow=flow.name,
            flow_version=flow.version,
            title=title,
            title_en=title_en,
            state=flow.first,
            area_id=area_id,
            organisation_id=organisation_id,
            owner_role=flow.owner_role,
            applicant_id=applicant_id,
            # What the desk enters for a caller is in its history; it is no matter of the clerk's own.
            made_by_id=None if by.staff else by.person_id,
            confidentiality=confidentiality,
            created_at=now,
            changed_at=now,
        )
        await row.save(force_create=True)
        change = Change(await load_matter(row.id), _opening(flow.first, clocks), by, now, remark=remark)
        await _begin(change, clocks)
    return change.matter, change


async def _begin(change: Change, clocks: tuple[Start, ...]) -> None:
    """First line of history, clocks, and the word to open pages; listeners hear it as a step from nowhere, "open"."""
    await _start(change, clocks)
    first = change.matter.state_name
    await add_step(_before(change.matter), OPEN, first, by=change.by, now=change.now, remark=change.remark)
    await set_due(change.matter.id)
    change.matter = await load_matter(change.matter.id)
    await ask(Opening(change))
    await publish_change(change.matter, change.now)


async def _start(change: Change, clocks: tuple[Start, ...]) -> None:
    for clock in clocks:
        limit = clock.limit if not callable(clock.limit) else await clock.limit(change)
        if limit is not None:
            await change.start_clock(clock.kind, limit)


async def _free_code() -> str:
    """A code that nobody has. The unique index has the last word: of 17 thousand million codes hardly ever two meet."""
    for _ in range(TRIES):
        code = new_code()
        if not await Matter.filter(code=code).exists():
            return code
    raise IntegrityError("no free code in five tries")


def _opening(first: str, clocks: tuple[Start, ...]) -> Transition:
    return Transition(OPEN, OPEN, (first,), first, SYSTEM, clocks=clocks)


def _before(matter: MatterInfo) -> MatterInfo:
    """Step numbers follow versions: the opening is number 0."""
    return replace(matter, version=-1, state_name="")
