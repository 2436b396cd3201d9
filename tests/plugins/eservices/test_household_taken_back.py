"""A consent is taken back: the decision in favour waits for a new word, and any desk writes it down."""

from __future__ import annotations

from typing import Any

import pytest

from lianxin.api import MatterInfo, Refused, advance, find_visible, inbox, list_deeds, offered
from lianxin.testing.codes import code_sent_to
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices import forms
from lianxin_eservices import messages_household as told
from lianxin_eservices.models import Case, Household, HouseholdConsent, HouseholdMember
from tests.plugins.eservices.applying import KEY, send
from tests.plugins.eservices.household import HUSBAND, husband, post, three_of_us
from tests.plugins.eservices.people import resident, staff

pytestmark = pytest.mark.anyio
WORDS = "/eservices/desk/words"


async def sent_by_code(county: TestSite) -> tuple[str, HouseholdMember]:
    """The husband has no account here: he reads a code out, and it is sent. Answers the code of the matter."""
    hers = await county.client_of((await resident(county)).id)
    review = await three_of_us(county, hers)
    he = await HouseholdMember.get(name="周建国")
    ask = f"/eservices/household/{he.draft_id}/{he.id}/ask"
    await post(hers, ask, ask, {"phone": "13800000456"})
    await post(hers, ask, ask.replace("/ask", "/code"), {"code": await code_sent_to("13800000456")})
    return (await send(hers, review)).rsplit("/", 1)[1], he


async def with_office(county: TestSite, code: str) -> tuple[Any, MatterInfo]:
    """Accepted at the desk; the officer who decides it, and the matter."""
    clerk = await staff("何静", county)
    matter = await find_visible(code, clerk)
    assert matter is not None
    await advance(matter, "accept", by=clerk, now=county.clock())
    officer = await staff("苟明", county)
    matter = await find_visible(code, officer)
    if matter is None:
        officer = await staff("唐文英", county)
        matter = await find_visible(code, officer)
    assert matter is not None
    return officer, matter


async def take_back_at_desk(desk: SiteClient, number: str = HUSBAND) -> Any:
    """As the desk does it: the card, the list, the button."""
    page = (await desk.get(WORDS)).text
    found = await desk.post(WORDS, data={"id_number": number, "card_seen": "yes", "_key": KEY.findall(page)[-1]})
    assert found.status_code == 200, found.text[:300]
    if f'action="{WORDS}/' not in found.text:
        return None
    form = next(each for each in found.text.split("<form")[1:] if f'action="{WORDS}/' in each)
    target = form.split('action="')[1].split('"')[0]
    return await desk.post(target, data={"id_number": number, "_key": KEY.findall(form)[0]})


async def test_any_desk_takes_it_back_and_the_decision_waits_for_a_new_word(county: TestSite):
    code, he = await sent_by_code(county)
    officer, matter = await with_office(county, code)
    assert "approve" in [each.name for each in await offered(matter, officer, county.clock())]
    desk = await county.client_of((await staff("何勇", county)).person_id, staff=True)
    done = await take_back_at_desk(desk)
    assert done.status_code == 303, done.text[:300]
    assert await HouseholdConsent.filter(giver_id=he.id, ended_at=None).count() == 0
    assert any(deed.action == "eservices.household_taken_back" for deed in (await list_deeds()).rows)
    assert await take_back_at_desk(desk) is None

    matter = await find_visible(code, officer)
    assert matter is not None
    assert "approve" not in [each.name for each in await offered(matter, officer, county.clock())]
    with pytest.raises(Refused) as refused:
        await advance(matter, "approve", by=officer, now=county.clock(), data=forms.DecisionForm(reason="符合条件"))
    assert refused.value.code == "eservices.household_open"
    assert "周建国" in refused.value.sentence()
    page = await (await county.client_of(officer.person_id, staff=True)).get(f"/desk/m/{code}")
    assert f'href="{WORDS}"' not in page.text
    assert "重新同意" in page.text

    his = await county.client_of((await husband(county)).id)
    await HouseholdMember.filter(id=he.id).update(person_id=(await husband(county)).id)
    word = f"/eservices/households/{he.id}"
    assert (await post(his, word, word, {"agree": "yes"})).status_code == 303
    await advance(matter, "approve", by=officer, now=county.clock(), data=forms.DecisionForm(reason="符合条件"))
    assert (await Case.get(matter_id=matter.id)).decision == "approved"
    assert await take_back_at_desk(desk) is None


async def test_against_with_the_reason_it_can_be_decided(county: TestSite):
    code, _he = await sent_by_code(county)
    officer, matter = await with_office(county, code)
    desk = await county.client_of((await staff("何勇", county)).person_id, staff=True)
    assert (await take_back_at_desk(desk)).status_code == 303
    reason = forms.ReasonForm(reason="家庭成员撤回核对授权，无法核对家庭经济状况")
    await advance(matter, "reject", by=officer, now=county.clock(), data=reason)
    assert (await Case.get(matter_id=matter.id)).decision == "rejected"


async def test_before_it_is_sent_it_waits_again_and_nobody_else_reaches_a_word(county: TestSite):
    she, his_card = await resident(county), await husband(county)
    hers, his = await county.client_of(she.id), await county.client_of(his_card.id)
    await three_of_us(county, hers)
    he = await HouseholdMember.get(name="周建国")
    word = f"/eservices/households/{he.id}"
    assert (await post(his, word, word, {"agree": "yes"})).status_code == 303
    clerk = await staff("何静", county)
    desk = await county.client_of(clerk.person_id, staff=True)
    page = (await desk.get(WORDS)).text
    unseen = await desk.post(WORDS, data={"id_number": HUSBAND, "_key": KEY.findall(page)[-1]})
    assert unseen.status_code == 422
    other = await desk.post(f"{WORDS}/{he.id}", data={"id_number": "510899195803154328", "_key": "k" * 24})
    assert other.status_code == 404
    assert (await take_back_at_desk(desk)).status_code == 303
    assert (await Household.get(draft_id=he.draft_id)).waiting > 0
    assert str(told.NOT_AGREED.title) in [message.title for message in (await inbox([she.id])).rows]
    assert (await hers.get(WORDS)).status_code == 403
