"""What happened is written down for each system that wants to hear of it: in the unit of work of the change itself."""

from __future__ import annotations

import json
from typing import Any, Final

from lianxin.api import Advancing, Change, Opening, enqueue, get_area
from lianxin_exchange.models import Delivery, Hook

SEND: Final = "exchange.send"


async def note_change(asked: Advancing | Opening) -> None:
    """A row and a job for each; with the change they are there, or not at all. Nobody is told of restricted matters."""
    change = asked.change
    matter = change.matter
    if matter.confidentiality != "normal":
        return
    opened = isinstance(asked, Opening)
    state = matter.state_name if opened else change.transition.target or matter.state_name
    event = f"{matter.flow_name}:{state}"
    hooks = [hook for hook in await Hook.filter(paused_at=None).select_related("area") if event in hook.events]
    wanting = [hook for hook in hooks if hook.area is None or matter.area_path.startswith(hook.area.path)]
    if not wanting:
        return
    number = matter.version if opened else matter.version + 1
    body = json.dumps(await body_of(change, state, number), ensure_ascii=False)
    for hook in wanting:
        row = await Delivery.create(
            hook_id=hook.id, matter_id=matter.id, number=number, event=event, body=body, created_at=change.now
        )
        await enqueue(SEND, {"delivery": str(row.id)}, due_at=change.now)


async def body_of(change: Change, state: str, number: int) -> dict[str, Any]:
    """Codes and names of states: who asks further needs a token, and sees what its owner may see."""
    matter = change.matter
    return {
        "type": "matter.changed",
        "timestamp": change.now.isoformat(),
        "data": {
            "code": matter.code,
            "flow": matter.flow_name,
            "move": change.transition.name,
            "state": state,
            "version": number,
            "area": (await get_area(matter.area_id)).code,
        },
    }
