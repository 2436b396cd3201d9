"""A resident's matters: the list, one of them, what she may do about it."""

from __future__ import annotations

from uuid import UUID

import pytest

from lianxin.matters.info import load_matter
from lianxin.operate.demo.people import demo_id
from lianxin.testing.site import TestSite
from tests.core.shells.account.conftest import Opening

pytestmark = pytest.mark.anyio


async def test_without_matters_the_list_leads_on(county: TestSite, resident: UUID) -> None:
    client = await county.client_of(resident, language="en")
    shown = (await client.get("/account/")).text
    assert "Nothing is under way for you." in shown
    assert "What we can do" in shown or "See what we can do for you" in shown


async def test_the_list_says_state_and_what_comes_next(county: TestSite, resident: UUID, opening: Opening) -> None:
    matter = await opening("低保申请")
    client = await county.client_of(resident)
    shown = (await client.get("/account/")).text
    assert "低保申请" in shown
    assert "We answer soon." in shown
    assert f"/account/m/{matter.code}" in shown


async def test_a_matter_shows_the_plugins_middle_and_its_history(
    county: TestSite, resident: UUID, opening: Opening
) -> None:
    matter = await opening("低保申请")
    client = await county.client_of(resident, language="en")
    shown = await client.get(f"/account/m/{matter.code}")
    assert shown.status_code == 200
    assert f"middle of {matter.code}" in shown.text
    assert "Received" in shown.text
    assert "Add something" in shown.text
    assert "Answer it" not in shown.text


async def test_what_is_another_persons_is_not_there(county: TestSite, resident: UUID, opening: Opening) -> None:
    matter = await opening("别人的", applicant=demo_id("staff", "civil"))
    client = await county.client_of(resident)
    for path in ("", "/add", "/withdraw"):
        answer = await client.get(f"/account/m/{matter.code}{path}")
        assert answer.status_code == 404
        assert "别人的" not in answer.text
    for path in ("/remind", "/withdraw"):
        assert (await client.post(f"/account/m/{matter.code}{path}")).status_code == 404
    assert (await load_matter(matter.id)).version == matter.version


async def test_a_transition_with_a_question_keeps_what_was_typed(
    county: TestSite, resident: UUID, opening: Opening
) -> None:
    matter = await opening()
    client = await county.client_of(resident)
    page = f"/account/m/{matter.code}/add"
    wrong = await client.submit(page, {"remark": "很长" * 20}, page=page)
    assert wrong.status_code == 422
    assert "很长很长" in wrong.text
    right = await client.submit(page, {"remark": "户口簿在家"}, page=page)
    assert right.headers["location"] == f"/account/m/{matter.code}"
    shown = (await client.get(right.headers["location"])).text
    assert "Was added" in shown
    assert "户口簿在家" in shown


async def test_a_transition_without_a_question_is_one_button(
    county: TestSite, resident: UUID, opening: Opening
) -> None:
    matter = await opening()
    client = await county.client_of(resident)
    page = f"/account/m/{matter.code}/withdraw"
    done = await client.submit(page, page=page)
    assert done.headers["location"] == f"/account/m/{matter.code}"
    assert (await load_matter(matter.id)).state_name == "over"
    late = await client.submit(page, page=page)
    assert late.status_code == 409


async def test_what_only_the_office_may_do_is_not_offered(county: TestSite, resident: UUID, opening: Opening) -> None:
    matter = await opening()
    client = await county.client_of(resident)
    for name in ("answer", "ask", "nothing"):
        path = f"/account/m/{matter.code}/{name}"
        assert (await client.get(path)).status_code == 404
        assert (await client.post(path)).status_code == 404


async def test_hurrying_counts_once_a_day(county: TestSite, resident: UUID, opening: Opening) -> None:
    matter = await opening()
    client = await county.client_of(resident, language="en")
    page = f"/account/m/{matter.code}"
    for _ in range(2):
        assert (await client.submit(f"{page}/remind", page=page)).headers["location"] == page
    assert (await load_matter(matter.id)).reminders == 1
    assert "already reminded us today" in (await client.get(page)).text
    county.clock.forward(hours=25)
    await client.submit(f"{page}/remind", page=page)
    assert (await load_matter(matter.id)).reminders == 2


async def test_a_code_from_a_message_leads_here(county: TestSite, resident: UUID, opening: Opening) -> None:
    matter = await opening()
    client = await county.client_of(resident)
    assert (await client.get(f"/m/{matter.code}")).headers["location"] == f"/account/m/{matter.code}"
