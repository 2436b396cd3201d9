"""What ends when a case leaves its way: withdrawn, decided, sent back. Nothing stays open behind it."""

from __future__ import annotations

from lianxin.api import Change
from lianxin_eservices.models import Extension, Investigation, Posting, SpecialProcedure


async def drop_open_steps(change: Change) -> None:
    """An investigation, a posting, a special procedure, a wish for more time that were still under way."""
    matter_id, now = change.matter.id, change.now
    await Investigation.filter(matter_id=matter_id, concluded_at=None, dropped_at=None).update(dropped_at=now)
    await Posting.filter(matter_id=matter_id, outcome="").update(outcome="dropped", ended_at=now)
    await SpecialProcedure.filter(matter_id=matter_id, ended_at=None, dropped_at=None).update(dropped_at=now)
    await Extension.filter(matter_id=matter_id, outcome="").update(outcome="dropped", decided_at=now)
