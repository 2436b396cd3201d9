"""What a deciding system would be, for demonstrations and tests: it keeps nothing, and approves after two minutes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final

from lianxin.api import N_, MatterInfo, find_organisation
from lianxin_exchange.api import Answer

THINKS: Final = timedelta(minutes=2)


class Twin:
    """Takes what one department decides. `on` only in a demonstration."""

    name = "twin"
    title: object = N_("Disabled persons’ system (demonstration)")
    state = "eservices.case:accepted"
    note = "note_external"
    department = "disabled_persons_federation"
    on = False

    async def wants(self, matter: MatterInfo) -> bool:
        """By the office that decides the matter once it is accepted: asked of the service's department."""
        if not self.on:
            return False
        office = await find_organisation(self.department)
        return office is not None and matter.organisation_id == office.id

    async def hand_over(self, matter: MatterInfo, key: str) -> str:
        """A number that holds when it was given."""
        mark = hashlib.sha256(key.encode()).hexdigest()[:6].upper()
        return f"CL{int(self.now().timestamp())}-{mark}"

    async def answer_of(self, number: str) -> Answer | None:
        """Approved, once it has thought long enough."""
        given = datetime.fromtimestamp(int(number[2:].partition("-")[0]), UTC)
        if self.now() - given < THINKS:
            return None
        return Answer("approve", {"reason": "经县残联业务系统审核，符合条件。"})

    def now(self) -> datetime:
        """Its own clock."""
        return datetime.now(UTC)


TWIN: Final = Twin()
