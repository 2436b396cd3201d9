"""My messages."""

from __future__ import annotations

from lianxin.api import See, Visit, _, inbox, mark_all_read, unread_count
from lianxin.shells.account.mine.forms import PlainForm
from lianxin.shells.account.mine.pages import MessagesPage


async def show_messages(visit: Visit) -> MessagesPage:
    """Newest first; opening the page changes nothing, a button marks them as read."""
    found = await inbox(visit.actor.person_ids, visit.query("after"))
    return MessagesPage(
        _("Messages"),
        tuple(found.rows),
        await unread_count(visit.actor.person_ids),
        visit.form(PlainForm, visit.url("account:mark_read")),
        visit.url("account:messages", after=found.next_key) if found.next_key else "",
    )


async def mark_read(visit: Visit) -> See:
    """All of them."""
    await mark_all_read(visit.actor.person_ids, visit.now)
    return See(visit.url("account:messages"), _("All messages are marked as read."))
