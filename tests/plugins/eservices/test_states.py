"""Investigation by two, special procedure, extension, refusal in writing; run on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.api import Refused, get_detail, list_tasks, load_matter, offered, unit_of_work
from lianxin.testing.site import TestSite
from lianxin_eservices import forms, messages_states
from lianxin_eservices import forms_states as asks
from lianxin_eservices.models import Case, Extension, Investigation, SpecialProcedure
from tests.plugins.eservices.moving import NO, YES, Office, clock, titles
from tests.plugins.eservices.people import resident, staff
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
CERTIFICATE = "disability-cert-grade-change"
ASSESSED = asks.SpecialForm(kind="assessment", reason="12月3日上午到县医院评定")
MORE_TIME = asks.AskExtensionForm(days=15, reason="向外省核对收入")


async def test_two_colleagues_look_into_it_and_nothing_goes_on_before_both_have_signed(county: TestSite):
    office = await Office.of(county)
    matter = await office.accepted()
    assert (await clock(matter, "investigation")).limit_value == 3
    one = office.two().first
    with pytest.raises(Refused, match="two_needed"):
        await office.do(matter, "investigate", office.officer, asks.InvestigateForm(first=one, second=one))
    for other in (matter.applicant_id, office.leader.person_id, (await staff("苟明", county)).person_id):
        assert other is not None
        with pytest.raises(Refused, match="no_investigator"):
            await office.do(matter, "investigate", office.officer, asks.InvestigateForm(first=one, second=other))
    matter = await office.investigating(matter)
    assert (await clock(matter, "investigation")).state == "stopped"
    found = asks.FindingsForm(findings="两间瓦房", signed=True)
    with pytest.raises(Refused, match="not_named"):
        await office.do(matter, "sign_findings", office.officer, found)
    with pytest.raises(Refused, match="unsigned"):
        await office.do(matter, "sign_findings", office.clerk, asks.FindingsForm(findings="两间瓦房", signed=False))
    matter = await office.do(matter, "sign_findings", office.clerk, found)
    assert matter.owner_id == office.officer.person_id
    with pytest.raises(Refused, match="signed_already"):
        await office.do(matter, "sign_findings", office.clerk, found)
    for way in ("go_on", "post"):
        assert way not in [each.name for each in await offered(matter, office.officer, county.clock())]
    with pytest.raises(Refused, match="not_both_signed"):
        await office.do(matter, "go_on", office.officer)
    with pytest.raises(Refused, match="not_both_signed"):
        await office.posted(matter)
    matter = await office.do(matter, "sign_findings", office.second, found)
    assert (await office.do(matter, "go_on", office.officer)).state_name == "deciding"
    assert str(messages_states.LOOKED_INTO.title) in await titles(matter)


async def test_two_others_may_be_sent_and_the_first_two_then_sign_nothing(county: TestSite):
    office = await Office.of(county)
    matter = await office.investigating(await office.accepted())
    assert office.officer.person_id is not None
    others = asks.InvestigateForm(first=office.officer.person_id, second=office.two().second)
    matter = await office.do(matter, "name_others", office.officer, others)
    found = asks.FindingsForm(findings="看过了", signed=True)
    with pytest.raises(Refused, match="not_named"):
        await office.do(matter, "sign_findings", office.clerk, found)
    for one in (office.officer, office.second):
        matter = await office.do(matter, "sign_findings", one, found)
    assert (await office.do(matter, "go_on", office.officer)).state_name == "deciding"


async def test_an_assessment_stops_the_time_and_its_result_lets_it_run(county: TestSite):
    office = await Office.of(county, "彭晓东")
    matter = await office.accepted(CERTIFICATE)
    due = (await clock(matter, "committed")).due_at
    matter = await office.do(matter, "begin_special_procedure", office.officer, ASSESSED)
    assert ((await clock(matter, "committed")).state, matter.due_at) == ("paused", None)
    assert (await titles(matter))[-1] == str(messages_states.SPECIAL_BEGUN.title)
    later = county.clock() + timedelta(days=14)
    result = asks.SpecialResultForm(result="评定为肢体二级")
    matter = await office.do(matter, "end_special_procedure", office.officer, result, at=later)
    # Begun on Tuesday, which never counted, over on the Tuesday after next, which does: nine working days are added.
    assert matter.due_at == due + timedelta(days=13)
    row = await SpecialProcedure.get(matter_id=matter.id)
    assert (row.kind, row.result, row.ended_at) == ("assessment", "评定为肢体二级", later)
    assert (await titles(matter))[-1] == str(messages_states.SPECIAL_OVER.title)
    with pytest.raises(Refused, match="matters.moved"):
        await office.do(matter, "end_special_procedure", office.officer, result, at=later)


async def test_more_time_is_granted_by_a_leader_once_and_she_is_told(county: TestSite):
    office = await Office.of(county)
    matter = await office.accepted()
    due = (await clock(matter, "committed")).due_at
    matter = await office.do(matter, "begin_decision", office.officer)
    with pytest.raises(Refused, match="too_long"):
        await office.do(matter, "ask_extension", office.officer, asks.AskExtensionForm(days=16, reason="外省"))
    matter = await load_matter(matter.id)
    matter = await office.do(matter, "ask_extension", office.officer, MORE_TIME)
    assert [task.kind for task in await list_tasks(office.leader)] == ["eservices.extension"]
    with pytest.raises(Refused, match="extension_asked"):
        await office.do(matter, "ask_extension", office.officer, MORE_TIME)
    with pytest.raises(Refused, match="forbidden"):
        await office.do(matter, "extend", office.officer, asks.LeaderForm())
    before = {kind: (await clock(matter, kind)).limit_value for kind in ("committed", "statutory")}
    matter = await office.do(matter, "extend", office.leader, asks.LeaderForm(remark="同意"))
    assert (matter.state_name, matter.owner_id) == ("extended", office.officer.person_id)
    after = {kind: (await clock(matter, kind)).limit_value for kind in before}
    assert after == {kind: value + 15 for kind, value in before.items()}
    assert (await clock(matter, "committed")).due_at > due + timedelta(days=14)
    assert (await titles(matter))[-1] == str(messages_states.EXTENDED.title)
    assert not await list_tasks(office.leader)
    assert (await office.do(matter, "approve", office.officer, YES)).state_name == "completed"


async def test_a_leader_who_declines_changes_no_day_and_may_be_asked_again(county: TestSite):
    office = await Office.of(county)
    matter = await office.do(await office.accepted(), "ask_extension", office.officer, MORE_TIME)
    due = matter.due_at
    matter = await office.do(matter, "decline_extension", office.leader, asks.LeaderForm(remark="先催一催"))
    assert (matter.state_name, matter.due_at) == ("accepted", due)
    matter = await office.do(matter, "ask_extension", office.officer, MORE_TIME)
    await office.do(matter, "reject", office.officer, NO)
    assert sorted([row.outcome for row in await Extension.filter(matter_id=matter.id)]) == ["declined", "dropped"]


async def test_a_refused_dibao_is_handed_over_in_writing_within_three_working_days(county: TestSite):
    office = await Office.of(county)
    matter = await office.do(await office.accepted(), "reject", office.officer, NO)
    refusal = await clock(matter, "refusal")
    # Refused on Tuesday: until the end of Friday.
    assert (matter.due_at, matter.state_name) == (refusal.due_at, "rejected")
    assert refusal.due_at - county.clock() == timedelta(days=3, hours=14)
    assert {(await clock(matter, kind)).state for kind in ("committed", "statutory")} == {"stopped"}
    detail = await get_detail(matter, office.clerk, now=refusal.due_at + timedelta(hours=1))
    assert [each.late for each in detail.clocks if each.kind == "refusal"] == [True]
    done = await office.do(matter, "deliver", office.clerk, forms.DeliverForm(how="home"))
    assert ((await clock(done, "refusal")).state, done.due_at) == ("stopped", None)


async def test_only_what_a_case_can_do_is_offered(county: TestSite):
    office = await Office.of(county, "严红")
    now = county.clock()
    matter = await applied(county, "insurance-record-print")
    assert {each.name for each in await offered(matter, office.clerk, now)} == {
        *("accept", "request_correction", "refuse_acceptance")
    }
    matter = await office.do(matter, "accept", office.clerk)
    assert {each.name for each in await offered(matter, office.officer, now)} == {
        *("begin_decision", "return_case", "approve", "reject", "note_external")
    }


GUARDS: list[tuple[Any, dict[str, Any]]] = [
    (Investigation, {"second": "first"}),
    (Investigation, {"first": "applicant"}),
    (Investigation, {"concluded_at": "now"}),
    (Investigation, {"first_findings": "看过了"}),
    (Investigation, {"second_signed_at": "now"}),
    (SpecialProcedure, {"kind": "walk"}),
    (SpecialProcedure, {"reason": ""}),
    (SpecialProcedure, {"ended_at": "now"}),
    (Extension, {"days": 0}),
    (Extension, {"reason": ""}),
    (Extension, {"outcome": "perhaps", "decided_at": "now"}),
    (Extension, {"outcome": "granted", "decided_at": "now"}),
    (Extension, {"decided_at": "now"}),
]


async def test_the_database_refuses_what_contradicts_itself(county: TestSite):
    person, now = await resident(county), county.clock()
    matter = await applied(county)
    office = await Office.of(county)
    two = office.two()
    rows: dict[Any, dict[str, Any]] = {
        Investigation: {"applicant_id": person.id, "begun_at": now, "first_id": two.first, "second_id": two.second},
        SpecialProcedure: {"kind": "hearing", "reason": "听证", "begun_at": now},
        Extension: {"days": 5, "reason": "核对", "asked_by_id": two.first, "asked_at": now},
    }
    words = {"now": now, "applicant": person.id}
    for table, change in GUARDS:
        row = await table.create(matter_id=matter.id, **rows[table])
        values = {name: words.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
        if table is Investigation:
            people = {"first": two.first, "second": two.second, "applicant": person.id}
            values = {
                f"{name}_id" if name in ("first", "second") else name: people.get(change[name], value)
                for name, value in values.items()
            }
        with pytest.raises(Exception, match=f"eservices_{table.__name__.lower()[:7]}"):
            async with unit_of_work():
                await table.filter(id=row.id).update(**values)
        with pytest.raises(Exception, match=r"_open|UNIQUE"):
            async with unit_of_work():
                await table.create(matter_id=matter.id, **rows[table])
        await table.filter(id=row.id).delete()
    decided = {"outcome": "granted", "decided_by_id": two.second, "decided_at": now}
    await Extension.create(matter_id=matter.id, **rows[Extension], **decided)
    with pytest.raises(Exception, match=r"eservices_extension_once|UNIQUE"):
        async with unit_of_work():
            await Extension.create(matter_id=matter.id, **rows[Extension], **decided)
    assert await Case.exists(matter_id=matter.id)
