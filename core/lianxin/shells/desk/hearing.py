"""Which changes of matters a colleague's stream carries: the matter is asked for once an event, not once a listener."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from lianxin.api import EventSeen, MatterRow, Topics, Visit, covers, find_flow


@dataclass(frozen=True, slots=True)
class Where:
    """To whom a matter belongs at this moment."""

    flow: str
    area_path: str
    organisation_id: UUID | None
    confidentiality: str


_asking: dict[tuple[str, int], asyncio.Future[Where | None]] = {}
"""Look-ups under way. Hundreds of listeners hear of an event at the same moment and wait for the same one."""


async def listen(visit: Visit) -> Topics:
    """The desk's stream: changes of matters that this person's grants cover, restricted or not."""

    async def may_hear(event: EventSeen) -> bool:
        where = await _where(event)
        flow = find_flow(where.flow) if where else None
        return (
            where is not None
            and flow is not None
            and covers(
                visit.actor,
                flow,
                area_path=where.area_path,
                organisation_id=where.organisation_id,
                confidentiality=where.confidentiality,
            )
        )

    return Topics(("matter.changed",), may_hear)


async def _where(event: EventSeen) -> Where | None:
    key = (event.ids.get("code", ""), event.id)
    asking = _asking.get(key)
    if asking is None:
        asking = _asking[key] = asyncio.ensure_future(_find(key[0]))
        asking.add_done_callback(lambda _: _asking.pop(key, None))
    return await asyncio.shield(asking)  # a listener that leaves takes the others nothing away


async def _find(code: str) -> Where | None:
    rows = await MatterRow.filter(code=code).values("flow", "area__path", "organisation_id", "confidentiality")
    if not rows:
        return None
    row = rows[0]
    return Where(row["flow"], row["area__path"], row["organisation_id"], row["confidentiality"])
