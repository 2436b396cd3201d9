"""Whatever people do to a case in whatever order: one owner, clocks that add up, one list, each message once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from lianxin.api import Actor, MatterInfo, Refused, claim, load_matter, offered, release
from lianxin.testing.looking import DEFAULT_ZONE, CalendarDay, Clock, MatterMessage, Message, Step
from lianxin.testing.site import TestSite
from lianxin_eservices import forms
from lianxin_eservices import forms_states as asks
from lianxin_eservices.actions.following import may_follow
from lianxin_eservices.models import Case, Objection, PromisedPaper
from tests.plugins.eservices.moving import YES, Office, posting, swept
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
ITEMS: Final = (("dibao-apply", "唐文英"), ("disability-cert-grade-change", "彭晓东"), ("medical-assistance", "魏建平"))
MOVES: Final = 18
ENDING: Final = frozenset(
    {
        *("withdraw", "refuse_acceptance", "note_external", "return_case", "approve", "reject", "end_unfinished"),
        *("name_others", "request_correction_again"),
    }
)
OWED: Final = {
    "open": ("received",),
    "accept": ("accepted",),
    "accept_conditionally": ("accepted_if",),
    "deem_accepted": ("deemed_accepted",),
    "request_correction": ("correct_these",),
    "request_correction_again": ("correct_these",),
    "refuse_acceptance": ("refused",),
    "papers_ran_out": ("papers_late",),
    "investigate": ("looked_into",),
    "name_others": ("looked_into",),
    "post": ("posted",),
    "begin_special_procedure": ("special_begun",),
    "end_special_procedure": ("special_over",),
    "extend": ("extended",),
    "approve": ("decided",),
    "reject": ("decided",),
    "deliver": ("delivered", "please_rate"),
    "withdraw": ("withdrawn",),
}
"""What the applicant is told after each step; `confirm_papers` tells her when the last one is there."""


async def _typed(office: Office, matter: MatterInfo, name: str) -> Any:
    """What is typed into the form of a transition."""
    reason = forms.ReasonForm(reason="说明")
    simple: dict[str, Any] = {
        "request_correction": forms.CorrectionForm(wanted="照片不清楚\n少一页"),
        "request_correction_again": forms.CorrectAgainForm(wanted="还差一页", reason="第一次没看出来"),
        "refuse_acceptance": reason,
        "end_unfinished": reason,
        "reject": reason,
        "return_case": forms.ReturnForm(reason="请核对"),
        "approve": YES,
        "deliver": forms.DeliverForm(how="desk"),
        "withdraw": forms.WithdrawForm(),
        "rate": forms.RateForm(grade=5),
        "note_external": forms.ExternalForm(system="省系统", number="7"),
        "investigate": office.two(),
        "name_others": office.two(),
        "sign_findings": asks.FindingsForm(findings="看过了", signed=True),
        "begin_special_procedure": asks.SpecialForm(kind="assessment", reason="到医院评定"),
        "end_special_procedure": asks.SpecialResultForm(result="二级"),
        "ask_extension": asks.AskExtensionForm(days=15, reason="外省核对"),
        "extend": asks.LeaderForm(),
        "decline_extension": asks.LeaderForm(),
        "record_objection": asks.CallerObjectionForm(name="赵春兰", phone="13981520077", text="她家有车"),
    }
    if name == "accept_conditionally":
        codes = [each.code for each in await may_follow(matter.id)]
        return asks.ConditionalForm(papers=codes[:1], days=3)
    if name == "confirm_papers":
        rows = await PromisedPaper.filter(matter_id=matter.id, confirmed_at=None)
        return asks.ConfirmPapersForm(papers=[row.code for row in rows])
    if name == "post":
        return await posting(matter)
    if name == "answer_objection":
        row = await Objection.filter(posting__matter_id=matter.id, answered_at=None).first()
        return asks.AnswerObjectionForm(objection=row.id, answer="核对过了") if row else None
    return simple.get(name)


@dataclass
class Life:
    """One case, its people, and what we have seen of it: the days on which each clock stood still."""

    office: Office
    matter: MatterInfo
    now: datetime
    works: Callable[[date], bool]
    running: dict[Any, bool] = field(default_factory=dict)
    since: dict[Any, date] = field(default_factory=dict)
    stood: dict[Any, set[date]] = field(default_factory=dict)

    async def step(self, chance: Random) -> None:
        """Time passes, clocks do what they do, then somebody does one of the things that are offered."""
        self.now += timedelta(hours=chance.choice((1, 3, 20, 50, 100)))
        await swept(self.now)
        await self.look()
        deeds = await self._deeds()
        if deeds:
            name, by = chance.choice(deeds)
            before = self.matter
            try:
                await self._do(name, by)
            except Refused:
                assert (await load_matter(before.id)).version == before.version, "a refusal changes nothing"
            await self.look()

    async def _deeds(self) -> list[tuple[str, Actor]]:
        self.matter = await load_matter(self.matter.id)
        office, found = self.office, []
        for by in (office.clerk, office.second, office.officer, office.leader, office.applicant(self.matter)):
            for each in await offered(self.matter, by, self.now):
                # Most ways end soon; what leads on is chosen more often.
                found += [(each.name, by)] * (1 if each.name in ENDING else 8)
            if by.staff and self.matter.closed_at is None:
                found.append(("claim" if self.matter.owner_id is None else "release", by))
        return found

    async def _do(self, name: str, by: Actor) -> None:
        if name == "claim":
            await claim(self.matter, by=by, now=self.now)
        elif name == "release":
            await release(self.matter, by=by, now=self.now)
        else:
            await self.office.do(self.matter, name, by, await _typed(self.office, self.matter, name), at=self.now)

    async def look(self) -> None:
        """All that must hold at any moment."""
        self.matter = await load_matter(self.matter.id)
        await self._one_owner()
        await self._clocks_add_up()
        await self._one_list()
        await self._each_message_once()

    async def _one_owner(self) -> None:
        """In one person's hands who may see it, or in exactly one queue."""
        matter, office = self.matter, self.office
        colleagues = {each.person_id: each for each in (office.clerk, office.second, office.officer, office.leader)}
        if matter.owner_id is None:
            assert matter.owner_role in ("station_staff", "department_officer", "township_officer")
            return
        owner = colleagues[matter.owner_id]
        assert owner.may(matter.flow.read, area_path=matter.area_path, organisation_id=matter.organisation_id)
        assert matter.owner_id != matter.applicant_id

    async def _clocks_add_up(self) -> None:
        """Counted day by day: running + paused = elapsed, and due is where the running days reach the limit."""
        today = self.now.astimezone(DEFAULT_ZONE).date()
        rows = await Clock.filter(matter_id=self.matter.id)
        for row in rows:
            stood = self.stood.setdefault(row.id, set())
            if self.running.get(row.id, True) and row.state == "paused":
                self.since[row.id] = today
            if not self.running.get(row.id, True) and row.state == "running":
                stood |= _days(self.since.pop(row.id), today)
            self.running[row.id] = row.state != "paused"
            kept = {
                day for first, end in row.pauses for day in _days(date.fromisoformat(first), date.fromisoformat(end))
            }
            assert kept == stood, (row.kind, kept, stood)
            self._reaches(row, stood)
        open_kinds = [row.kind for row in rows if row.state != "stopped"]
        assert len(open_kinds) == len(set(open_kinds))
        due = [row.due_at for row in rows if row.state == "running"]
        assert self.matter.due_at == (min(due) if due else None)

    def _reaches(self, row: Clock, stood: set[date]) -> None:
        start = row.started_at.astimezone(DEFAULT_ZONE).date()
        last = (row.due_at - timedelta(microseconds=1)).astimezone(DEFAULT_ZONE).date()
        elapsed = [day for day in _days(start + timedelta(days=1), last + timedelta(days=1)) if self._counts(row, day)]
        paused = [day for day in elapsed if day in stood]
        assert len(elapsed) - len(paused) == row.limit_value, (row.kind, row.limit_value)
        assert last not in stood
        assert self._counts(row, last)

    def _counts(self, row: Clock, day: date) -> bool:
        return row.limit_unit != "working_day" or self.works(day)

    async def _one_list(self) -> None:
        """The complete list is asked for once; a second one is a supervisor's; it is there while it is her turn."""
        steps = Counter([row.transition for row in await Step.filter(matter_id=self.matter.id)])
        assert steps["request_correction"] <= 1
        case = await Case.get(matter_id=self.matter.id)
        assert case.corrections == steps["request_correction"] + steps["request_correction_again"]
        if self.matter.state_name == "correction_requested":
            assert case.correction.strip()

    async def _each_message_once(self) -> None:
        steps = await Step.filter(matter_id=self.matter.id)
        owed = Counter(f"eservices.{kind}" for row in steps for kind in OWED.get(row.transition, ()))
        ids = [row["message_id"] for row in await MatterMessage.filter(matter_id=self.matter.id).values("message_id")]
        rows = await Message.filter(id__in=ids, person_id=self.matter.applicant_id)
        told = Counter(row.kind for row in rows)
        promised = await PromisedPaper.filter(matter_id=self.matter.id)
        complete = bool(promised) and all(row.confirmed_at is not None for row in promised)
        assert told.pop("eservices.papers_confirmed", 0) == int(complete)
        assert told == owed


def _days(first: date, end: date) -> set[date]:
    return {first + timedelta(days=each) for each in range((end - first).days)}


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(which=some.integers(0, len(ITEMS) - 1), seed=some.integers(0, 2**32 - 1))
async def test_any_sequence_of_moves_keeps_what_was_promised(county: TestSite, which: int, seed: int):
    slug, officer = ITEMS[which]
    moved = {row.day: row.working for row in await CalendarDay.all()}
    life = Life(
        await Office.of(county, officer),
        await applied(county, slug),
        county.clock(),
        lambda day: moved.get(day, day.weekday() < 5),
    )
    await life.look()
    chance = Random(seed)
    for _number in range(MOVES):
        await life.step(chance)
