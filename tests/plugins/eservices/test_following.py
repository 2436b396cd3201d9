"""Accepted on a promise (容缺受理): the paper follows, or the case goes back; run on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.api import MatterInfo, Refused, get_detail, inbox, load_matter, offered, unit_of_work
from lianxin.testing.site import TestSite
from lianxin_eservices import forms_states as asks
from lianxin_eservices import messages, messages_states
from lianxin_eservices.actions.following import REMIND_BEFORE, SentPaper, remind_of_papers
from lianxin_eservices.flow import CASE_FLOW
from lianxin_eservices.forms import ReasonForm
from lianxin_eservices.models import GivenMaterial, PromisedPaper
from tests.plugins.eservices.applying import KEY, photo
from tests.plugins.eservices.moving import YES, Office, clock, swept, titles
from tests.plugins.eservices.people import person_named
from tests.plugins.eservices.test_handling import applied

pytestmark = pytest.mark.anyio
PHOTO = "PHOTO1"


async def promised(office: Office, days: int = 5, **said: Any) -> MatterInfo:
    """Pension enrolment, accepted without the photograph."""
    matter = await applied(office.county, **said)
    form = asks.ConditionalForm(papers=[PHOTO], days=days)
    return await office.do(matter, "accept_conditionally", office.clerk, form)


async def send(county: TestSite, matter: MatterInfo, code: str = PHOTO) -> Any:
    """She sends a photo of it from her page."""
    assert matter.applicant_id is not None
    client = await county.client_of(matter.applicant_id)
    address = f"/eservices/follow/{matter.code}"
    page = await client.get(address)
    assert page.status_code == 200, page.headers
    return await client.post(
        address,
        data={"paper": code, "_key": KEY.findall(page.text)[0]},
        files=[("photos", ("p.jpg", photo(), "image/jpeg"))],
    )


async def test_only_what_the_rule_lets_follow_is_promised(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await applied(county)
    for papers, days, fault in ((["HK"], 5, "may_not_follow"), ([], 5, "may_not_follow"), ([PHOTO], 6, "too_long")):
        with pytest.raises(Refused, match=fault):
            form = asks.ConditionalForm(papers=papers, days=days)
            await office.do(matter, "accept_conditionally", office.clerk, form)
    other = await applied(county, "insurance-record-print")
    with pytest.raises(Refused, match="may_not_follow"):
        await office.do(other, "accept_conditionally", office.clerk, asks.ConditionalForm(papers=["ID"], days=5))


async def test_the_paper_follows_on_the_last_day_and_the_case_goes_on(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office)
    assert (matter.state_name, matter.owner_role) == ("accepted", "department_officer")
    papers = await clock(matter, "papers")
    # Five working days after Tuesday: until the end of Tuesday next.
    assert papers.due_at - county.clock() == timedelta(days=7, hours=14)
    assert {(await clock(matter, kind)).state for kind in ("committed", "statutory")} == {"running"}
    assert (await titles(matter))[-1] == str(messages_states.ACCEPTED_IF.title)
    assert str(messages.ACCEPTED.title) not in await titles(matter)
    with pytest.raises(Refused, match="paper_missing"):
        await office.do(matter, "approve", office.officer, YES)
    matter = await load_matter(matter.id)
    matter = await office.do(matter, "begin_decision", office.officer)
    county.clock.moment = papers.due_at - timedelta(minutes=5)
    assert (await send(county, matter)).status_code == 303
    assert await swept(papers.due_at + timedelta(days=9)) == 0
    matter = await load_matter(matter.id)
    assert (matter.state_name, (await clock(matter, "papers")).state) == ("deciding", "stopped")
    told = [message.title for message in (await inbox([matter.owner_id])).rows]  # type: ignore[list-item]
    assert told[:1] == [str(messages_states.PAPERS_CAME_DESK.title)]
    with pytest.raises(Refused, match="paper_missing"):
        await office.do(matter, "approve", office.officer, YES)
    matter = await load_matter(matter.id)
    matter = await office.do(matter, "confirm_papers", office.clerk, asks.ConfirmPapersForm(papers=[PHOTO]))
    assert matter.owner_id == office.officer.person_id
    assert (await titles(matter))[-1] == str(messages_states.PAPERS_CONFIRMED.title)
    matter = await office.do(matter, "approve", office.officer, YES)
    given = await GivenMaterial.get(matter_id=matter.id, code=PHOTO)
    assert (given.state, len(given.files)) == ("given", 1)


async def test_past_the_day_it_goes_back_and_waits_without_costing_the_office_time(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office, days=2)
    due = (await clock(matter, "committed")).due_at
    papers = await clock(matter, "papers")
    assert await swept(papers.due_at - timedelta(seconds=1)) == 0
    assert await swept(papers.due_at) == 1
    matter = await load_matter(matter.id)
    assert (matter.state_name, matter.owner_role, matter.owner_id) == ("papers_missing", "station_staff", None)
    assert {(await clock(matter, kind)).state for kind in ("committed", "statutory")} == {"paused"}
    assert (await titles(matter))[-1] == str(messages_states.PAPERS_LATE.title)
    later = papers.due_at + timedelta(days=1)
    with pytest.raises(Refused, match="paper_missing"):
        await office.do(matter, "hand_in_again", office.clerk, at=later)
    county.clock.moment = later
    matter = await load_matter(matter.id)
    assert (await send(county, matter)).status_code == 303
    matter = await load_matter(matter.id)
    matter = await office.do(matter, "confirm_papers", office.clerk, asks.ConfirmPapersForm(papers=[PHOTO]), at=later)
    matter = await office.do(matter, "hand_in_again", office.clerk, at=later)
    assert (matter.state_name, matter.due_at is not None) == ("accepted", True)
    assert (await clock(matter, "committed")).due_at > due


async def test_brought_to_the_desk_it_is_confirmed_there(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office)
    matter = await office.do(matter, "confirm_papers", office.clerk, asks.ConfirmPapersForm(papers=[PHOTO]))
    assert (await clock(matter, "papers")).state == "stopped"
    assert matter.owner_id is None
    assert (await office.do(matter, "approve", office.officer, YES)).state_name == "completed"


async def test_what_never_comes_is_ended_with_its_reason(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office, days=1)
    await swept((await clock(matter, "papers")).due_at)
    matter = await load_matter(matter.id)
    offers = {each.name for each in await offered(matter, office.clerk, county.clock())}
    assert "end_unfinished" in offers
    form = ReasonForm(reason="照片一直没有补来，带来了可以再申请")
    matter = await office.do(matter, "end_unfinished", office.clerk, form)
    assert (matter.state_name, matter.due_at) == ("refused_acceptance", None)


async def test_she_is_reminded_once_before_the_last_day(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office)
    due = (await clock(matter, "papers")).due_at
    assert await remind_of_papers(due - REMIND_BEFORE - timedelta(minutes=1)) == 0
    for moment in (due - timedelta(hours=38, minutes=50), due - timedelta(hours=14, minutes=50)):
        await remind_of_papers(moment)
    assert (await titles(matter)).count(str(messages_states.PAPERS_SOON.title)) == 1
    await remind_of_papers(due + timedelta(minutes=1))
    assert (await titles(matter)).count(str(messages_states.PAPERS_SOON.title)) == 1


async def test_nobody_else_sends_it_and_no_form_of_the_shell_does(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office)
    stranger = await county.client_of((await person_named("何勇", county)).id)
    assert (await stranger.get(f"/eservices/follow/{matter.code}")).status_code == 404
    applicant = office.applicant(matter)
    with pytest.raises(Refused, match="no_paper"):
        await office.do(matter, "send_paper", applicant)
    for sent, fault in ((SentPaper("HK", ()), "no_photo"), (SentPaper("", ()), "no_photo")):
        with pytest.raises(Refused, match=fault):
            await office.do(matter, "send_paper", applicant, sent)
    assert "send_paper" not in [each.name for each in await offered(matter, applicant, county.clock())]
    client = await county.client_of(applicant.person_id)  # type: ignore[arg-type]
    assert (await client.post(f"/account/m/{matter.code}/send_paper", data={})).status_code == 422


GUARDS: list[dict[str, Any]] = [
    {"due_at": "now"},
    {"confirmed_at": "now"},
    {"confirmed_at": "now", "given_at": "now"},
    {"lapsed_at": "now"},
]


async def test_the_database_refuses_a_promise_that_contradicts_itself(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office)
    row, now = await PromisedPaper.get(matter_id=matter.id), county.clock()
    for change in GUARDS:
        with pytest.raises(Exception, match="eservices_promised"):
            async with unit_of_work():
                await PromisedPaper.filter(id=row.id).update(**dict.fromkeys(change, now))
    with pytest.raises(Exception, match=r"eservices_promised_once|UNIQUE"):
        async with unit_of_work():
            await PromisedPaper.create(matter_id=matter.id, code=PHOTO, promised_at=now, due_at=row.due_at)


async def test_the_sentence_speaks_of_the_paper_and_of_no_inner_day(county: TestSite):
    office = await Office.of(county, "严红")
    matter = await promised(office, days=2)
    client = await county.client_of(office.applicant(matter).person_id)  # type: ignore[arg-type]
    page = (await client.get(f"/account/m/{matter.code}?lang=en")).text
    told = await get_detail(matter, office.applicant(matter), now=county.clock())
    assert told.says.startswith(str(CASE_FLOW.clock_says["papers"]).partition("%(")[0])
    assert f"/eservices/follow/{matter.code}" in page
    dibao = await Office.of(county)
    looked = await dibao.accepted()
    assert looked.due_kind == "investigation"
    told = await get_detail(looked, dibao.applicant(looked), now=county.clock())
    assert told.says == str(CASE_FLOW.state("accepted").says).partition("|")[2]
