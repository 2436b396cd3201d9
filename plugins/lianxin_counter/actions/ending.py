"""The end of the day."""

from __future__ import annotations

from datetime import datetime

from lianxin.api import unit_of_work
from lianxin_counter.models import Counter, Slip
from lianxin_counter.states import BUSY, DONE, LEFT, MISSED, SERVING, WAITING


async def end_day(until: datetime) -> None:
    """What was taken before that moment is over, names are forgotten, all seats are free. Twice does no harm.

    Whoever was being served counts as done; whoever waited, or was called and did not come, has gone.
    """
    over = {"ended_at": until, "name": None, "about": ""}
    async with unit_of_work():
        await Slip.filter(state=SERVING, taken_at__lt=until).update(state=DONE, **over)
        await Slip.filter(state__in=(WAITING, MISSED, *BUSY), taken_at__lt=until).update(state=LEFT, **over)
        await Counter.filter(seated_at__lt=until).update(clerk_id=None, seated_at=None)
