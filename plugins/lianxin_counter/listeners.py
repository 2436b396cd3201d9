"""What the plugin listens to: a matter that somebody opens while she serves a number belongs to that number."""

from __future__ import annotations

from typing import Final

from lianxin.api import Before, Listener, Opening
from lianxin_counter.models import Made, Slip
from lianxin_counter.states import BUSY


async def _bind(asked: Opening) -> None:
    """In the transaction that opens the matter: both are there, or neither."""
    change = asked.change
    if not change.by.staff or change.by.person_id is None:
        return
    slip = await Slip.filter(clerk_id=change.by.person_id, state__in=BUSY).first()
    if slip is not None:
        await Made.create(slip_id=slip.id, matter_id=change.matter.id, at=change.now)


LISTENERS: Final[tuple[Listener, ...]] = (Before(Opening, _bind),)
