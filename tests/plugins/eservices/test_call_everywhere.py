"""“Call me” stands on every page on which somebody may be stuck."""

from __future__ import annotations

import pytest

from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.models import HouseholdMember
from tests.plugins.eservices.applying import ANSWERS, KEY, answer, begin, followed, step_of
from tests.plugins.eservices.household import three_of_us
from tests.plugins.eservices.people import resident, staff
from tests.plugins.eservices.test_journey import applied, press

pytestmark = pytest.mark.anyio


async def may_call(client: SiteClient, address: str) -> None:
    """A button that asks for a call, or the page that asks for the number first."""
    page = (await client.get(address)).text
    assert "/eservices/call/" in page, address


async def walk(client: SiteClient, address: str) -> list[str]:
    """Every step until the review, each looked at; which they were."""
    seen = []
    for _ in range(60):
        await may_call(client, address)
        step = step_of(address)
        seen.append(step)
        if step == "review":
            return seen
        if step.startswith("photos-"):
            address = await answer(client, address, {}, files=1)
        elif step.startswith("if-"):
            address = await answer(client, address, {"holds": "yes"})
        elif step == "area":
            address = await answer(client, address, {"area": "510821107001" if "above=" in address else "510821107"})
        else:
            address = await answer(client, address, ANSWERS[step])
    raise AssertionError(seen)


async def test_on_every_step_of_an_application_and_of_a_life_event(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    assert "whom" in await walk(client, await begin(client, "resident-pension-enrol"))
    where = "/eservices/life/ageing/apply?part=RS-003&part=MZ-008"
    page = (await client.get(where)).text
    begun = await client.post(where, data={"agree": "yes", "_key": KEY.findall(page)[-1]})
    assert begun.status_code == 303, begun.text[:300]
    assert "whom" in await walk(client, await followed(client, begun.headers["location"]))


async def test_on_every_page_of_a_household_and_of_a_correction(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    review = await three_of_us(client=client, county=county)
    he = await HouseholdMember.get(name="周建国")
    draft = he.draft_id
    for page in (
        review,
        f"/eservices/draft/{draft}/household",
        f"/eservices/household/{draft}/new",
        f"/eservices/household/{draft}/{he.id}",
        f"/eservices/household/{draft}/{he.id}/ask",
    ):
        await may_call(client, page)
    code = await applied(county, client)
    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    await press(station, "desk", code, "request_correction", {"wanted": "户口簿：看不清，请重新拍照"})
    await may_call(client, f"/eservices/correct/{code}")
    await may_call(client, f"/account/m/{code}")
