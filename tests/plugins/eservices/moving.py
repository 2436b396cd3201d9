"""Cases on their way through the states that only some items pass through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lianxin.api import Actor, MatterInfo, advance, inbox
from lianxin.testing.looking import Clock, sweep_clocks
from lianxin.testing.site import TestSite
from lianxin_eservices import forms
from lianxin_eservices import forms_states as asks
from lianxin_eservices.models import Case
from lianxin_eservices.queries.items import guide_of_version
from lianxin_eservices.rules.item import PostedField
from tests.plugins.eservices.people import herself, staff
from tests.plugins.eservices.test_handling import applied

DIBAO = "dibao-apply"
POSTED: dict[PostedField, Any] = {
    PostedField.HOUSEHOLD_SIZE: 3,
    PostedField.AMOUNT: 620,
    PostedField.SUPPORT: "scattered",
    PostedField.KIND: "护理补贴",
    PostedField.GRADE: "2",
    PostedField.WORK: "卫生间加装扶手",
}
YES = forms.DecisionForm(reason="符合条件")
NO = forms.ReasonForm(reason="家庭人均收入高于当地标准")


class Office:
    """The county's people around one case, each doing her part at a moment."""

    def __init__(self, county: TestSite, clerk: Actor, second: Actor, officer: Actor, leader: Actor) -> None:
        self.county = county
        self.clerk = clerk
        self.second = second
        self.officer = officer
        self.leader = leader

    @classmethod
    async def of(cls, county: TestSite, officer: str = "唐文英") -> Office:
        """Station, its second colleague, the deciding officer, the leader."""
        names = ("何静", "何勇", officer, "谢国强")
        return cls(county, *[await staff(name, county) for name in names])

    async def accepted(self, slug: str = DIBAO) -> MatterInfo:
        """An application that the station has accepted."""
        return await self.do(await applied(self.county, slug), "accept", self.clerk)

    async def do(
        self, matter: MatterInfo, name: str, by: Actor, data: Any = None, *, at: datetime | None = None
    ) -> MatterInfo:
        """One transition, now or at a moment."""
        return await advance(matter, name, by=by, now=at or self.county.clock(), data=data)

    async def investigating(self, matter: MatterInfo) -> MatterInfo:
        """Two colleagues of the station are named."""
        return await self.do(matter, "investigate", self.officer, self.two())

    def two(self) -> asks.InvestigateForm:
        """The two of the station."""
        assert self.clerk.person_id is not None
        assert self.second.person_id is not None
        return asks.InvestigateForm(first=self.clerk.person_id, second=self.second.person_id)

    async def both_sign(self, matter: MatterInfo) -> MatterInfo:
        """Each writes what she found."""
        for one in (self.clerk, self.second):
            found = asks.FindingsForm(findings=f"{one.name}看过了", signed=True)
            matter = await self.do(matter, "sign_findings", one, found)
        return matter

    async def posted(self, matter: MatterInfo, **changes: Any) -> MatterInfo:
        """Posted with what its rule asks for."""
        return await self.do(matter, "post", self.officer, await posting(matter, **changes))

    def applicant(self, matter: MatterInfo) -> Actor:
        """Herself."""
        assert matter.applicant_id is not None
        return herself(matter.applicant_id)


async def posting(matter: MatterInfo, **changes: Any) -> Any:
    """What the officer types before she posts it."""
    notice = (await guide_of_version((await Case.get(matter_id=matter.id)).version_id)).public_notice
    shows = notice.shows if notice else ()
    typed = {each.value: POSTED[each] for each in shows if each in POSTED}
    return asks.posting_form(shows)(**{**typed, **changes})


async def clock(matter: MatterInfo, kind: str) -> Clock:
    """The newest clock of a kind."""
    row = await Clock.filter(matter_id=matter.id, kind=kind).order_by("-started_at").first()
    assert row is not None, kind
    return row


async def titles(matter: MatterInfo) -> list[str]:
    """What the applicant was told, the first first."""
    assert matter.applicant_id is not None
    return [message.title for message in (await inbox([matter.applicant_id], size=50)).rows][::-1]


async def swept(now: datetime) -> int:
    """What the clocks do by themselves until none has more to do."""
    made = total = await sweep_clocks(now)
    while made:
        made = await sweep_clocks(now)
        total += made
    return total
