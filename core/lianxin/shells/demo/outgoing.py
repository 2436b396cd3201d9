"""What a real site would have sent."""

from __future__ import annotations

from lianxin.api import Visit, _, outbox
from lianxin.shells.demo.pages import OutboxPage


async def show_outbox(visit: Visit) -> OutboxPage:
    """Text messages and the like, newest first, with their words: all of it is invented."""
    found = await outbox(visit.query("after"))
    next_href = visit.url("demo:outbox", after=found.next_key) if found.next_key else ""
    return OutboxPage(_("What would have been sent"), tuple(found.rows), next_href)
