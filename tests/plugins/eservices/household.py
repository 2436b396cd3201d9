"""Three who live together: what is typed for each of them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from lianxin.api import DeskEntry, PersonCard, find_area, find_or_create_person, make_id_number
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.household_consent import link_household
from lianxin_eservices.models import HouseholdMember
from tests.plugins.eservices.applying import ANSWERS, KEY, answer, begin, followed, step_of, to_the_review

HUSBAND = make_id_number(date(1956, 5, 4), 301).value
GRANDCHILD = make_id_number(date(2019, 6, 1), 302).value
DIBAO = "dibao-apply"


async def to_the_household(client: SiteClient, slug: str = DIBAO) -> str:
    """Answers what is asked before, and stands on the page of the household."""
    address = await begin(client, slug)
    for _ in range(12):
        if step_of(address) == "household":
            return address
        place = "510821107001" if "above=" in address else "510821107"
        given = {"area": place} if step_of(address) == "area" else ANSWERS[step_of(address)]
        address = await answer(client, address, given)
    raise AssertionError(address)


async def enter(client: SiteClient, household: str, data: dict[str, Any], member: str = "new") -> Any:
    """One person, as typed on her page."""
    draft = household.split("/")[3]
    address = f"/eservices/household/{draft}/{member}"
    page = (await client.get(address)).text
    return await client.post(address, data={**data, "_key": KEY.findall(page)[-1]})


async def post(client: SiteClient, page: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """A form of a page."""
    text = (await client.get(page)).text
    form = next(form for form in text.split("<form")[1:] if f'action="{address}"' in form)
    return await client.post(address, data={**(data or {}), "_key": KEY.findall(form)[0]})


async def husband(county: TestSite) -> PersonCard:
    """He was at the desk once."""
    area = await find_area("510821107001")
    assert area is not None
    entry = DeskEntry("周建国", HUSBAND, "13800000007", area.id, card_seen=True)
    found = await find_or_create_person(entry, create_anyway=True, now=county.clock())
    assert found.person is not None
    return found.person


async def three_of_us(county: TestSite, client: SiteClient) -> str:
    """The applicant, her husband and a grandchild whom he looks after are entered and told; the review's address."""
    household = await to_the_household(client)
    sent = await enter(client, household, {"name": "周建国", "id_number": HUSBAND, "relation": "spouse"})
    assert sent.status_code == 303, re.findall(r'class="err".*?</p>', sent.text)
    he = await HouseholdMember.get(name="周建国")
    child = {"name": "周小雨", "id_number": GRANDCHILD, "relation": "grandchild", "guardian": str(he.id)}
    assert (await enter(client, household, child)).status_code == 303
    told = await post(client, household, household, {"agree": "yes"})
    assert told.status_code == 303, re.findall(r'class="err".*?</p>', told.text)
    await link_household(he.draft_id, county.clock())
    return await to_the_review(client, await followed(client, told.headers["location"]), {})
