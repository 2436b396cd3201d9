"""What the transitions do, against a real database; run on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lianxin.api import MatterInfo, Refused, advance, get_detail, inbox, load_matter, make_id_number, unit_of_work
from lianxin.testing.site import TestSite
from lianxin_eservices import forms, messages
from lianxin_eservices.actions import drafting
from lianxin_eservices.actions.submitting import submit
from lianxin_eservices.demo.households import FAMILIES, live_together
from lianxin_eservices.models import Case, Draft, GivenMaterial, ItemVersion
from lianxin_eservices.queries.drafts import view_draft
from lianxin_eservices.queries.items import get_published
from lianxin_eservices.rules.application import AT_DESK, PHOTOS, SELF, Answers, questions
from tests.plugins.eservices.people import herself, resident, staff

pytestmark = pytest.mark.anyio
LIST = forms.CorrectionForm(wanted="照片少一张")


async def applied(county: TestSite, slug: str = "resident-pension-enrol", **said: Any) -> MatterInfo:
    """An application of the resident's, with every paper to be brought to the desk."""
    person, now, item = await resident(county), county.clock(), await get_published(slug)
    by = herself(person.id)
    draft_id = await drafting.begin(item, person.id, by=by, channel="web", language="zh_Hans", now=now)
    draft = await view_draft(await Draft.get(id=draft_id))
    conditions = {each.code: False for each in item.guide.conditional_materials}
    answers = Answers(**{"whom": SELF, "phone": "", "conditions": conditions, **said})
    await drafting.save_answers(draft, answers, "review", now=now)
    for question in questions(item.guide, answers, draft.known):
        if question.step.startswith(PHOTOS) and question.material is not None:
            await drafting.save_photos(draft, question.material.code, (), later=True, step="review", by=by, now=now)
    if draft.household is not None:
        await live_together(draft, FAMILIES[0], by=by, now=now)
    return await submit(await view_draft(await Draft.get(id=draft_id)), by=by, now=now)


async def titles(matter: MatterInfo) -> list[str]:
    """What the applicant was told, the first first."""
    assert matter.applicant_id is not None
    return [message.title for message in (await inbox([matter.applicant_id])).rows][::-1]


async def test_an_application_starts_its_clock_and_the_draft_forgets(county: TestSite):
    matter = await applied(county)
    detail = await get_detail(matter, await staff("何静", county), now=county.clock())
    (clock,) = detail.clocks
    # Tuesday; the day itself does not count, so the fifth working day is Tuesday next, at its midnight.
    assert (clock.kind, clock.due_at - county.clock()) == ("acceptance", timedelta(days=7, hours=14))
    draft = await Draft.get(parts__cases__matter_id=matter.id)
    assert draft.answers is None
    papers = await GivenMaterial.filter(matter_id=matter.id)
    assert {paper.code: paper.state for paper in papers} == {
        "PHOTO1": AT_DESK,
        "HK": AT_DESK,
        "ID": AT_DESK,
        "FORM": "needed",
    }
    assert not await GivenMaterial.exists(draft_id=draft.id)


async def test_corrections_pause_the_check_and_are_asked_for_once(county: TestSite):
    matter, clerk, now = await applied(county), await staff("何静", county), county.clock()
    asked = await advance(matter, "request_correction", by=clerk, now=now, data=LIST)
    detail = await get_detail(asked, clerk, now=now)
    assert [clock.state for clock in detail.clocks] == ["paused"]
    assert asked.due_at is None
    later = now + timedelta(days=2)
    assert asked.applicant_id is not None
    back = await advance(asked, "complete_correction", by=herself(asked.applicant_id), now=later)
    assert matter.due_at is not None
    assert back.due_at is not None
    # Asked on Tuesday, which never counted, sent on Thursday, which does: Wednesday alone is added.
    assert back.due_at - matter.due_at == timedelta(days=1)
    with pytest.raises(Refused, match="corrected_once"):
        await advance(back, "request_correction", by=clerk, now=later, data=LIST)
    again = forms.CorrectAgainForm(wanted="还差一张", reason="第一次没看清")
    with pytest.raises(Refused, match="forbidden"):
        await advance(back, "request_correction_again", by=clerk, now=later, data=again)


async def test_what_nobody_checks_in_time_counts_as_accepted_from_the_day_it_was_sent(county: TestSite):
    from lianxin.api import Actor

    matter = await applied(county)
    later = county.clock() + timedelta(days=9)
    deemed = await advance(matter, "deem_accepted", by=Actor(system=True), now=later)
    assert (deemed.state_name, deemed.owner_role) == ("accepted", "department_officer")
    case = await Case.get(matter_id=matter.id)
    assert (case.deemed, case.accepted_at) == (True, matter.created_at)
    detail = await get_detail(deemed, await staff("何静", county), now=later)
    committed = next(clock for clock in detail.clocks if clock.kind == "committed")
    assert committed.due_at - matter.created_at == timedelta(days=3, hours=14)
    assert [task.kind for task in detail.tasks] == ["eservices.look_into"]
    assert str(messages.DEEMED_ACCEPTED.title) in await titles(deemed)


async def test_accepted_goes_to_the_deciding_office_and_nobody_else_decides(county: TestSite):
    matter, clerk, now = await applied(county), await staff("何静", county), county.clock()
    accepted = await advance(matter, "accept", by=clerk, now=now)
    assert accepted.owner_id is None
    yes = forms.DecisionForm(reason="好")
    for name in ("何静", "唐文英"):
        with pytest.raises(Refused, match="forbidden"):
            await advance(accepted, "approve", by=await staff(name, county), now=now, data=yes)
    decided = await advance(accepted, "approve", by=await staff("严红", county), now=now, data=yes)
    assert (decided.state_name, decided.owner_role, decided.due_at) == ("completed", "station_staff", None)


async def test_a_refusal_has_its_reason_and_an_item_only_its_own_steps(county: TestSite):
    officer, now = await staff("严红", county), county.clock()
    accepted = await advance(await applied(county), "accept", by=await staff("何静", county), now=now)
    with pytest.raises(Refused, match="not_this_item"):
        await advance(accepted, "investigate", by=officer, now=now)
    back = await advance(accepted, "return_case", by=officer, now=now, data=forms.ReturnForm(reason="看不清"))
    assert (back.state_name, back.owner_role) == ("returned", "station_staff")
    again = await advance(back, "hand_in_again", by=await staff("何静", county), now=now)
    no = await advance(again, "reject", by=officer, now=now, data=forms.ReasonForm(reason="不在参保范围"))
    assert (await Case.get(matter_id=no.id)).reason == "不在参保范围"


async def test_online_delivery_needs_its_document_and_two_good_grades_open_no_task(county: TestSite):
    clerk, now = await staff("何静", county), county.clock()
    matter = await advance(await applied(county), "accept", by=clerk, now=now)
    matter = await advance(matter, "approve", by=await staff("严红", county), now=now, data=forms.DecisionForm())
    with pytest.raises(Refused, match="no_document"):
        await advance(matter, "deliver", by=clerk, now=now, data=forms.DeliverForm(how="online"))
    matter = await load_matter(matter.id)
    matter = await advance(matter, "deliver", by=clerk, now=now, data=forms.DeliverForm(how="home"))
    assert matter.applicant_id is not None
    rated = await advance(matter, "rate", by=herself(matter.applicant_id), now=now, data=forms.RateForm(grade=3))
    assert (await get_detail(rated, clerk, now=now)).tasks == ()
    with pytest.raises(Refused, match="well_rated"):
        await advance(rated, "follow_up", by=clerk, now=now, data=forms.FollowUpForm(outcome="x"))


async def test_she_may_withdraw_until_it_is_decided(county: TestSite):
    now = county.clock()
    matter = await applied(county)
    assert matter.applicant_id is not None
    gone = await advance(matter, "withdraw", by=herself(matter.applicant_id), now=now, data=forms.WithdrawForm())
    assert (gone.state_name, gone.closed_at) == ("withdrawn", now)
    assert (await titles(gone))[-1] == str(messages.WITHDRAWN.title)


async def test_for_the_family_the_one_who_applied_is_told(county: TestSite):
    number = make_id_number(date(1930, 1, 1), 2).value
    matter = await applied(county, whom="family", name="何桂芳", id_number=number, area="510821107001")
    maker = await resident(county)
    assert matter.applicant_id != maker.id
    assert matter.made_by_id == maker.id
    assert [told.title for told in (await inbox([maker.id])).rows] == [str(messages.RECEIVED.title)]


async def test_what_nobody_goes_on_with_is_erased(county: TestSite):
    person, now, item = await resident(county), county.clock(), await get_published("ssc-apply")
    draft_id = await drafting.begin(item, person.id, by=herself(person.id), channel="web", language="en", now=now)
    again = await drafting.begin(item, person.id, by=herself(person.id), channel="web", language="en", now=now)
    assert again == draft_id
    assert await drafting.drop_expired(now + timedelta(days=29)) == 0
    assert await drafting.drop_expired(now + timedelta(days=31)) == 1
    row = await Draft.get(id=draft_id)
    assert (row.answers, row.ended_at) == (None, now + timedelta(days=31))


async def test_without_a_consent_that_holds_nothing_is_sent(county: TestSite):
    from lianxin.api import withdraw_consent

    person, now, item = await resident(county), county.clock(), await get_published("insurance-record-print")
    by = herself(person.id)
    draft_id = await drafting.begin(item, person.id, by=by, channel="web", language="zh_Hans", now=now)
    draft = await view_draft(await Draft.get(id=draft_id))
    await drafting.save_answers(draft, Answers(whom=SELF, phone=""), "review", now=now)
    await drafting.save_photos(draft, "ID", (), later=True, step="review", by=by, now=now)
    await withdraw_consent(person.id, f"eservices.apply.{item.guide.code}", now=now)
    with pytest.raises(Refused, match="no_consent"):
        await submit(await view_draft(await Draft.get(id=draft_id)), by=by, now=now)
    assert (await Draft.get(id=draft_id)).ended_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "approved"},
        {"decision": "perhaps"},
        {"whom": "nobody"},
        {"delivered_by": "post"},
        {"external_case_no": "7"},
        {"corrections": -1},
    ],
)
async def test_the_database_refuses_a_case_that_contradicts_itself(county: TestSite, change: dict[str, Any]):
    matter = await applied(county)
    with pytest.raises(Exception, match="eservices_case"):
        async with unit_of_work():
            await Case.filter(matter_id=matter.id).update(**change)


async def test_a_published_version_never_changes(site: TestSite):
    version = await ItemVersion.first()
    assert version is not None
    with pytest.raises(Exception, match="eservices_item_version_kept"):
        async with unit_of_work():
            await ItemVersion.filter(id=version.id).update(number=9)
    with pytest.raises(Exception, match="eservices_item_version_kept"):
        async with unit_of_work():
            await ItemVersion.filter(id=version.id).delete()


async def test_a_paper_belongs_to_a_draft_or_to_a_matter(county: TestSite):
    matter = await applied(county)
    with pytest.raises(Exception, match="eservices_material"):
        async with unit_of_work():
            await GivenMaterial.create(code="X", state="given", files=[], updated_at=county.clock())
    with pytest.raises(Exception, match="eservices_material|UNIQUE"):
        async with unit_of_work():
            await GivenMaterial.create(
                matter_id=matter.id, code="ID", state="given", files=[], updated_at=county.clock()
            )
