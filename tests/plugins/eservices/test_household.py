"""A household applies: each adult agrees in her own way, then it can be sent; nobody sees more than is hers."""

from __future__ import annotations

import re

import pytest

from lianxin.api import claim_person, inbox
from lianxin.testing.codes import code_sent_to
from lianxin.testing.site import TestSite
from lianxin_eservices import messages_household as told
from lianxin_eservices.actions import drafting
from lianxin_eservices.models import Household, HouseholdConsent, HouseholdMember
from lianxin_eservices.queries.items import get_published
from tests.plugins.eservices.applying import KEY, followed, photo, send, to_the_review
from tests.plugins.eservices.household import (
    DIBAO,
    GRANDCHILD,
    HUSBAND,
    enter,
    husband,
    post,
    three_of_us,
    to_the_household,
)
from tests.plugins.eservices.people import resident, staff

pytestmark = pytest.mark.anyio


async def test_it_is_sent_when_the_other_adult_has_agreed_on_his_own_phone(county: TestSite):
    she, he = await resident(county), await husband(county)
    hers, his = await county.client_of(she.id), await county.client_of(he.id)
    review = await three_of_us(county, hers)
    page = (await hers.get(review)).text
    assert "/eservices/send/" not in page
    assert "周建国" in page
    asked = [message for message in (await inbox([he.id])).rows if message.title == str(told.ASKED.title)]
    assert len(asked) == 1
    mine = await HouseholdMember.get(name="周建国")
    word = f"/eservices/households/{mine.id}"
    text = (await his.get(word)).text
    assert "周小雨" in text, "he is told that he agrees for the child as well"
    for secret in ("510899195803154328", "13800000001", GRANDCHILD):
        assert secret not in text
    assert (await post(his, word, word, {"agree": "yes"})).status_code == 303
    assert str(told.ALL_AGREED.title) in [message.title for message in (await inbox([she.id])).rows]
    code = (await send(hers, review)).rsplit("/", 1)[1]
    assert (await Household.get(draft_id=mine.draft_id)).members == 3

    office = await county.client_of((await staff("何静", county)).person_id, staff=True)
    case = (await office.get(f"/desk/m/{code}")).text
    assert case.count("agreed") >= 3 or case.count("同意") >= 3
    assert HUSBAND not in case
    number = f"/eservices/desk/household/{mine.id}"
    shown = await post(office, number, number, {"purpose": "核对家庭经济状况"})
    assert HUSBAND[6:14] in shown.text
    assert "核对家庭经济状况" in (await his.get("/account/readings")).text

    assert (await his.get(f"/account/m/{code}")).status_code == 404
    assert (await his.get(number)).status_code == 404
    elsewhere = await county.client_of((await staff("彭晓东", county)).person_id, staff=True)
    assert (await elsewhere.get(f"/desk/m/{code}")).status_code == (await elsewhere.get(number)).status_code == 404
    assert (await post(his, word, f"{word}/take-back")).status_code == 303
    page = (await office.get(f"/desk/m/{code}")).text
    assert "周建国撤回了家庭经济状况核对授权" in page
    assert await HouseholdConsent.filter(giver_id=mine.id, ended_at=None).count() == 0


async def test_a_refusal_is_told_without_a_reason_and_can_be_changed(county: TestSite):
    she, he = await resident(county), await husband(county)
    hers, his = await county.client_of(she.id), await county.client_of(he.id)
    review = await three_of_us(county, hers)
    mine = await HouseholdMember.get(name="周建国")
    word = f"/eservices/households/{mine.id}"
    assert (await post(his, word, f"{word}/refuse")).status_code == 303
    assert str(told.NOT_AGREED.title) in [message.title for message in (await inbox([she.id])).rows]
    assert "/eservices/send/" not in (await hers.get(review)).text
    forced = await hers.post(review.replace("/draft/", "/send/").removesuffix("/review"), data={})
    assert forced.status_code in (409, 422)
    assert (await post(his, word, word, {"agree": "yes"})).status_code == 303
    assert "/eservices/send/" in (await hers.get(review)).text


async def test_a_code_read_out_counts_and_the_writers_own_number_does_not(county: TestSite):
    she = await resident(county)
    hers = await county.client_of(she.id)
    review = await three_of_us(county, hers)
    mine = await HouseholdMember.get(name="周建国")
    ask = f"/eservices/household/{mine.draft_id}/{mine.id}/ask"
    own = await post(hers, ask, ask, {"phone": "13800000001"})
    assert own.status_code == 422
    assert (await post(hers, ask, ask, {"phone": "13800000009"})).status_code == 303
    wrong = await post(hers, ask, ask.replace("/ask", "/code"), {"code": "000000"})
    assert wrong.status_code == 422
    right = {"code": await code_sent_to("13800000009")}
    assert (await post(hers, ask, ask.replace("/ask", "/code"), right)).status_code == 303
    assert "/eservices/send/" in (await hers.get(review)).text
    words = await HouseholdConsent.filter(giver_id=mine.id)
    assert {(row.way, row.witness_id) for row in words} == {("code", None)}
    assert len(words) == 2, "for himself and for the child"


async def test_whoever_is_typed_the_same_page_follows_and_nothing_is_learned(county: TestSite):
    she = await resident(county)
    await husband(county)
    hers = await county.client_of(she.id)
    household = await to_the_household(hers)
    pages = []
    for name, number in (("周建国", HUSBAND), ("周建民", HUSBAND)):
        sent = await enter(hers, household, {"name": name, "id_number": number, "relation": "spouse"})
        assert sent.status_code == 303
        row = await HouseholdMember.get(name=name)
        page = (await hers.get(sent.headers["location"])).text
        pages.append(re.sub(r'(value|nonce)="[^"]*"', "", page).replace(str(row.id), "").replace(name, ""))
        assert row.person_id is None, "a job finds out, not this request"
        await post(hers, household, f"/eservices/household/{row.draft_id}/{row.id}/remove")
    assert pages[0] == pages[1]


async def test_no_page_of_a_member_opens_for_anybody_else(county: TestSite):
    she, he = await resident(county), await husband(county)
    hers = await county.client_of(she.id)
    await three_of_us(county, hers)
    mine = await HouseholdMember.get(name="周建国")
    # Somebody who only claims the same name and number.
    made = await claim_person(name="周建国", id_number=HUSBAND, now=county.clock())
    stranger = await county.client_of(made.person_id)
    for address in (
        f"/eservices/households/{mine.id}",
        f"/eservices/household/{mine.draft_id}/{mine.id}",
        f"/eservices/household/{mine.draft_id}/{mine.id}/ask",
    ):
        assert (await stranger.get(address)).status_code == 404
    assert (await hers.get(f"/eservices/households/{mine.id}")).status_code == 404
    his = await county.client_of(he.id)
    assert (await his.get(f"/eservices/household/{mine.draft_id}/{mine.id}")).status_code == 404


async def test_a_draft_thrown_away_keeps_nobody(county: TestSite):
    she = await resident(county)
    hers = await county.client_of(she.id)
    review = await three_of_us(county, hers)
    draft = review.split("/")[3]
    assert (await post(hers, review, f"/eservices/drop/{draft}")).status_code == 303
    rows = await HouseholdMember.all()
    assert rows
    assert all((row.name, row.id_number, row.person_id) == ("", None, None) for row in rows)


async def test_at_the_desk_each_signs_before_the_colleague_and_the_office_sees_the_signature(county: TestSite):
    she, clerk = await resident(county), await staff("何静", county)
    item = await get_published(DIBAO)
    draft = await drafting.begin(item, she.id, by=clerk, channel="desk_voice", language="zh_Hans", now=county.clock())
    desk = await county.client_of(clerk.person_id, staff=True)
    household = f"/eservices/draft/{draft}/household"
    assert (await post(desk, household, household)).status_code == 303
    hers = await HouseholdMember.get(draft_id=draft)
    ask = f"/eservices/household/{draft}/{hers.id}/ask"
    sign = ask.replace("/ask", "/sign")
    page = (await desk.get(ask)).text
    key = KEY.findall(next(form for form in page.split("<form")[1:] if f'action="{sign}"' in form))[0]
    unsigned = await desk.post(sign, data={"way": "paper", "_key": key})
    assert unsigned.status_code == 422
    review = await to_the_review(desk, await followed(desk, f"/eservices/draft/{draft}/next"), {})
    assert "/eservices/send/" not in (await desk.get(review)).text
    signed = await desk.post(
        sign, data={"way": "signature", "_key": key}, files=[("paper", ("s.jpg", photo(), "image/jpeg"))]
    )
    assert signed.status_code == 303, re.findall(r'class="err".*?</p>', signed.text)
    word = await HouseholdConsent.get(member_id=hers.id)
    assert (word.way, word.witness_id) == ("signature", clerk.person_id)
    code = (await send(desk, review)).rsplit("/", 1)[1]
    assert f"/files/{word.file_id}" in (await desk.get(f"/desk/m/{code}")).text
    assert (await desk.get(f"/files/{word.file_id}")).status_code == 200
