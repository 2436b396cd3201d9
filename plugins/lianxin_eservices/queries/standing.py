"""The sentence that says how a matter stands: on the status page, and for the desk to read aloud."""

from __future__ import annotations

from datetime import datetime

from lianxin.api import MatterInfo, next_step


def says_of(matter: MatterInfo, now: datetime) -> str:
    """What happens next, and by when."""
    return next_step(matter.flow, matter.state, matter.due_kind, matter.due_at, now)
