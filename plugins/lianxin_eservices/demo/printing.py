"""What a clerk has put aside this morning to print."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lianxin_eservices.actions.printing import print_later
from lianxin_eservices.demo.cast import find_cast
from lianxin_eservices.models import Case, Notice

STATION: Final = "510821107001"
NOTICES: Final = 3


async def fill_printing(now: datetime) -> None:
    """Three notices and a receipt, for each clerk of the station."""
    notices = await Notice.filter(matter__area__code=STATION).order_by("-issued_at").limit(NOTICES)
    case = await Case.filter(matter__area__code=STATION).order_by("-matter_id").first()
    for clerk in (await find_cast(now)).station:
        assert clerk.person_id is not None
        if case is not None:
            await print_later(clerk.person_id, case.matter_id, None, now=now - timedelta(minutes=50))
        for number, notice in enumerate(notices):
            at = now - timedelta(minutes=41 - 13 * number)
            await print_later(clerk.person_id, notice.matter_id, notice.id, now=at)
