"""Each of the 57 items on its own way, by its own clocks, across a holiday with moved workdays; on both engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lianxin.api import Actor, MatterInfo, MatterRow, load_matter
from lianxin.testing.looking import DEFAULT_ZONE, CalendarDay
from lianxin.testing.site import TestSite
from lianxin_eservices import forms
from lianxin_eservices import forms_states as asks
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.demo.households import FAMILIES, live_together
from lianxin_eservices.models import Draft, GivenMaterial, Notice, Posting
from lianxin_eservices.queries.drafts import view_draft
from lianxin_eservices.queries.items import PublishedItem, list_published
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, SELF, Answers, questions
from lianxin_eservices.rules.item import DecisionLevel, OptionalState
from tests.plugins.eservices.moving import YES, Office, clock, posting, swept
from tests.plugins.eservices.people import herself, resident, staff

pytestmark = pytest.mark.anyio
BEFORE_THE_HOLIDAY = datetime(2026, 9, 17, 2, tzinfo=UTC)
"""Thursday; 20 September and 10 October are Sundays or Saturdays that are worked, 25 September and 1–7 October free."""
OFFICERS = {
    "civil_affairs": "唐文英",
    "disabled_persons_federation": "彭晓东",
    "human_resources": "严红",
    "healthcare_security": "魏建平",
}


class Days:
    """The county's calendar once more, counted day by day."""

    def __init__(self, moved: dict[date, bool]) -> None:
        self.moved = moved

    def works(self, day: date) -> bool:
        """Whether the offices are open."""
        return self.moved.get(day, day.weekday() < 5)

    def end(self, start: datetime, value: int, unit: str, stopped: Iterable[date] = ()) -> datetime:
        """The midnight at which n days after a moment are over; days on which it stood still count for nothing."""
        day, left = start.astimezone(DEFAULT_ZONE).date(), value
        while left:
            day += timedelta(days=1)
            if day not in stopped and (unit != "working_day" or self.works(day)):
                left -= 1
        return datetime.combine(day + timedelta(days=1), datetime.min.time(), DEFAULT_ZONE)


def days_between(began: datetime, ended: datetime) -> set[date]:
    """The days of a pause: from the one it begins on up to the one before it ends."""
    first, last = began.astimezone(DEFAULT_ZONE).date(), ended.astimezone(DEFAULT_ZONE).date()
    return {first + timedelta(days=each) for each in range((last - first).days)}


class Walk:
    """One application of one item."""

    def __init__(self, office: Office, item: PublishedItem, days: Days, person_id: Any) -> None:
        self.office = office
        self.item = item
        self.days = days
        self.person_id = person_id
        self.now = BEFORE_THE_HOLIDAY
        self.passed: list[str] = []
        self.extended = 0
        self.stopped: set[date] = set()
        self.matter: MatterInfo

    async def move(self, name: str, by: Actor, data: Any = None) -> None:
        """One transition at this moment."""
        self.matter = await self.office.do(await load_matter(self.matter.id), name, by, data, at=self.now)
        self.passed.append(self.matter.state_name)

    async def apply(self) -> None:
        """From the counter where somebody has to come, else from home; every paper is brought to the desk."""
        item, by = self.item, herself(self.person_id) if self.item.online else self.office.clerk
        channel = "web" if item.online else "desk_voice"
        draft_id = await drafting.begin(item, self.person_id, by=by, channel=channel, language="zh_Hans", now=self.now)
        draft = await view_draft(await Draft.get(id=draft_id))
        answers = Answers(
            whom=SELF if item.online else "",
            phone="",
            conditions={each.code: True for each in item.guide.conditional_materials},
        )
        await drafting.save_answers(draft, answers, "review", now=self.now)
        asked = [each.material for each in questions(item.guide, answers, draft.known) if each.step.startswith(PHOTOS)]
        await GivenMaterial.bulk_create(
            [
                GivenMaterial(draft_id=draft_id, code=each.code, state=AT_DESK, files=[], updated_at=self.now)
                for each in asked
                if each is not None
            ]
        )
        if draft.household is not None:
            await live_together(draft, FAMILIES[0], by=by, now=self.now)
        self.matter = await submit(await view_draft(await Draft.get(id=draft_id)), by=by, now=self.now)
        assert self.matter.due_at == self.days.end(self.now, 5, "working_day")

    async def correct(self) -> None:
        """One complete list, answered after a weekend that is partly worked."""
        began, sent = self.now, self.matter.created_at
        wanted = forms.CorrectionForm(wanted="照片看不清\n少一页户口簿")
        await self.move("request_correction", self.office.clerk, wanted)
        self.now += timedelta(days=4)
        await self.move("complete_correction", self.office.applicant(self.matter))
        assert self.matter.due_at == self.days.end(sent, 5, "working_day", days_between(began, self.now))

    async def accept(self) -> None:
        """With all papers, or on the promise of one."""
        guide = self.item.guide
        follow = [each.code for each in guide.materials if each.may_follow][:1]
        if follow:
            within = guide.papers_follow_within
            assert within is not None
            form = asks.ConditionalForm(papers=follow, days=within.value or 0)
            await self.move("accept_conditionally", self.office.clerk, form)
            await self.ends("papers", within.value, "working_day", self.now)
        else:
            await self.move("accept", self.office.clerk)
        self.accepted_at = self.now
        await self.check_decision_clocks()
        if follow:
            self.now += timedelta(days=1)
            await self.move("confirm_papers", self.office.clerk, asks.ConfirmPapersForm(papers=follow))

    async def check_decision_clocks(self) -> None:
        """Promise and law, each in its own unit, with all that was added and stopped."""
        guide = self.item.guide
        for kind, limit in (("committed", guide.committed_limit), ("statutory", guide.statutory_limit)):
            if limit.value is not None and limit.unit is not None:
                await self.ends(kind, limit.value + self.extended, limit.unit.value, self.accepted_at)

    async def ends(self, kind: str, value: int | None, unit: str, start: datetime) -> None:
        """A clock is over when ours is."""
        row = await clock(self.matter, kind)
        expected = self.days.end(start, value or 0, unit, self.stopped if kind in ("committed", "statutory") else ())
        assert (row.due_at, row.provisional) == (expected, expected.year > 2026), (self.item.guide.code, kind)

    async def pass_through(self) -> None:
        """Every optional state of the item, in the order in which an office would take them."""
        states = self.item.guide.optional_states
        self.now += timedelta(days=1)
        await self.move("begin_decision", self.office.officer)
        if OptionalState.SPECIAL_PROCEDURE in states:
            await self._special()
        if OptionalState.EXTENDED in states:
            await self._longer()
        if OptionalState.INVESTIGATING in states:
            await self._look()
        if OptionalState.PUBLIC_NOTICE in states:
            await self._post()
        elif OptionalState.INVESTIGATING in states:
            await self.move("go_on", self.office.officer)
        await self.check_decision_clocks()

    async def _special(self) -> None:
        began = self.now
        form = asks.SpecialForm(kind="assessment", reason="到县医院评定")
        await self.move("begin_special_procedure", self.office.officer, form)
        assert (await clock(self.matter, "committed")).state == "paused"
        self.now += timedelta(days=6)
        self.stopped |= days_between(began, self.now)
        await self.move("end_special_procedure", self.office.officer, asks.SpecialResultForm(result="二级"))
        await self.check_decision_clocks()

    async def _longer(self) -> None:
        limit = self.item.guide.extension_limit
        assert limit is not None
        self.extended = limit.value or 0
        form = asks.AskExtensionForm(days=self.extended, reason="向外省核对")
        await self.move("ask_extension", self.office.officer, form)
        await self.move("extend", self.office.leader, asks.LeaderForm())
        await self.check_decision_clocks()

    async def _look(self) -> None:
        await self.move("investigate", self.office.officer, self.office.two())
        for one in (self.office.clerk, self.office.second):
            self.now += timedelta(hours=2)
            await self.move("sign_findings", one, asks.FindingsForm(findings="看过了", signed=True))

    async def _post(self) -> None:
        notice = self.item.guide.public_notice
        assert notice is not None
        await self.move("post", self.office.officer, await posting(self.matter))
        row = await Posting.get(matter_id=self.matter.id)
        assert set(row.shown) == {each.value for each in notice.shows}
        assert row.ends_at == self.days.end(self.now, notice.days, notice.day_unit.value)
        self.now = row.ends_at
        assert await swept(self.now) >= 1
        self.matter = await load_matter(self.matter.id)
        assert self.matter.state_name == "deciding"

    async def finish(self, *, refuse: bool) -> None:
        """Decided, handed over in writing, and nothing runs any more."""
        self.now += timedelta(hours=3)
        if refuse:
            await self.move("reject", self.office.officer, forms.ReasonForm(reason="不符合条件"))
            limit = self.item.guide.refusal_notice
            if limit is not None:
                await self.ends("refusal", limit.value, "working_day", self.now)
        else:
            await self.move("approve", self.office.officer, YES)
        await self.move("deliver", self.office.clerk, forms.DeliverForm(how="desk"))
        row = await MatterRow.get(id=self.matter.id)
        assert (row.state, row.due_at, row.closed_at) == ("delivered", None, self.now)
        written = set(await Notice.filter(matter_id=row.id).values_list("series", flat=True))
        assert {"correction", "acceptance", "decision"} <= written


async def test_every_item_goes_its_own_way_by_its_own_clocks(county: TestSite):
    moved = {row.day: row.working for row in await CalendarDay.all()}
    assert moved[date(2026, 9, 20)] is True
    assert moved[date(2026, 10, 1)] is False
    days, person = Days(moved), await resident(county)
    offices = {code: await Office.of(county, name) for code, name in OFFICERS.items()}
    township = await Office.of(county, "苟明")
    items = await list_published()
    assert len(items) == 57
    ways = set()
    for number, item in enumerate(items):
        county_decides = item.guide.decision_level is DecisionLevel.COUNTY
        walk = Walk(offices[item.department] if county_decides else township, item, days, person.id)
        await walk.apply()
        await walk.correct()
        await walk.accept()
        await walk.pass_through()
        await walk.finish(refuse=number % 3 == 0)
        passed = {state.value for state in item.guide.optional_states}
        assert passed <= set(walk.passed) | {"public_notice"}, item.guide.code
        ways.add(tuple(walk.passed))
    assert len(ways) > 10
    assert await staff("何静", county)
