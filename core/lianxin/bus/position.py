"""How far a process has read, and which ids below that have not come yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from tortoise.expressions import Q

from lianxin.bus.models import Event
from lianxin.bus.publishing import newest_id
from lianxin.bus.seen import EventSeen, seen

GAP_SECONDS = 10.0
"""How long an id that was skipped is looked for. PostgreSQL gives ids before the commit, so a slow transaction's

event comes after quicker ones with larger ids; a rolled back one never comes. Longer than any statement may take.
"""
GAPS_KEPT = 500
BATCH = 1_000
LATE_KEPT = 1_000


class Position:
    """The place in the table up to which this process has seen everything but some gaps."""

    def __init__(self) -> None:
        self.last = 0
        self._gaps: dict[int, float] = {}
        self._late: deque[tuple[int, EventSeen]] = deque(maxlen=LATE_KEPT)

    async def begin(self, tick: float) -> None:
        """Starts at the newest event; ids missing shortly before it may still be on their way. `tick` in seconds."""
        self.last = await newest_id()
        recent = range(max(self.last - 100, 1), self.last)
        there = {row.id for row in await Event.filter(id__gte=recent.start).only("id")}
        self._gaps = dict.fromkeys((number for number in recent if number not in there), tick)

    async def read(self, tick: float) -> tuple[list[EventSeen], bool]:
        """What came since the last time, in the order of ids, and whether there is more to read at once."""
        self._gaps = {number: since for number, since in self._gaps.items() if since > tick - GAP_SECONDS}
        wanted = Q(id__gt=self.last)
        if self._gaps:
            wanted |= Q(id__in=list(self._gaps))
        rows = await Event.filter(wanted).order_by("id").limit(BATCH)
        events = [seen(row) for row in rows]
        self._note(events, tick)
        return events, len(rows) == BATCH

    def _note(self, events: Sequence[EventSeen], tick: float) -> None:
        for event in events:
            if self._gaps.pop(event.id, None) is not None:
                self._late.append((self.last, event))
            else:
                for number in range(max(self.last + 1, event.id - GAPS_KEPT), event.id):
                    self._gaps[number] = tick
                self.last = event.id
        for number in sorted(self._gaps)[:-GAPS_KEPT]:
            del self._gaps[number]

    def late_after(self, since: int) -> list[EventSeen]:
        """Events with smaller ids that came when a listener at `since` may already have been gone."""
        return [event for last, event in self._late if last >= since and event.id <= since]
