"""A case goes on from an investigation or a posting: only when what belongs to that step is done."""

from __future__ import annotations

from lianxin.api import Change
from lianxin_eservices.actions import investigating, posting


async def go_on(change: Change) -> None:
    """To the decision. Raises Refused while a signature or an answer is missing."""
    if change.matter.state_name == "investigating":
        await investigating.conclude(change)
    else:
        await posting.settle(change)


async def post_now(change: Change) -> None:
    """Posted, from an investigation only when both have signed."""
    if change.matter.state_name == "investigating":
        await investigating.conclude(change)
    await posting.post(change)
