"""What went out, to whom, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianxin.api import OutboxRow, Visit, _, outbox

SIZE = 50


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """Deliveries, the latest first."""

    template: ClassVar[str] = "admin/outbox.html"
    shell: ClassVar[str] = "admin"

    title: str
    rows: list[OutboxRow]
    titles: dict[str, str]
    channels: dict[str, str]
    states: dict[str, tuple[str, str]]
    next_href: str


async def show_outbox(visit: Visit) -> OutboxPage:
    """Numbers stay masked; texts are shown in a demonstration only."""
    found = await outbox(visit.query("after", longest=500), SIZE)
    states = {
        "queued": ("now", _("waiting")),
        "sent": ("ok", _("sent")),
        "failed": ("late", _("failed")),
        "unreachable": ("wait", _("nobody can be reached")),
    }
    items = visit.site.assembly.items
    titles = {"": _("A one-time code")} | {kind.name: str(kind.title) for kind in items("messages")}
    channels = {channel.name: str(channel.title) for channel in items("channels")}
    following = visit.url("admin:messages", after=found.next_key) if found.next_key else ""
    return OutboxPage(_("Messages sent"), list(found.rows), titles, channels, states, following)
