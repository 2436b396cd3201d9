"""From the consent to the call-back, over HTTP: resident, station, officer."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lianxin.api import MatterInfo, find_visible, inbox, list_tasks
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices import messages
from tests.plugins.eservices.applying import KEY, answer, begin, followed, photo, send, step_of, to_the_review
from tests.plugins.eservices.people import herself, person_named, resident, staff

pytestmark = pytest.mark.anyio
PENSION = "resident-pension-enrol"


async def press(client: SiteClient, shell: str, code: str, transition: str, data: dict[str, Any] | None = None) -> Any:
    """Presses a button of a matter's page; with data, the one of the page that asks for it."""
    address = f"/{shell}/m/{code}"
    target = f"{address}/{transition}"
    page = (await client.get(target if data is not None else address)).text
    forms = [form for form in page.split("<form")[1:] if f'action="{target}' in form]
    assert forms, f"{transition} is not offered: {re.findall('<h1>.*?</h1>', page)}"
    done = await client.post(target, data={**(data or {}), "_key": KEY.findall(forms[0])[0]})
    assert done.status_code == 303, (transition, done.status_code, re.findall(r'class="err".*?</p>', done.text))
    return done


async def applied(county: TestSite, client: SiteClient, slug: str = PENSION) -> str:
    """Applies; answers the code."""
    receipt = await send(client, await to_the_review(client, await begin(client, slug), {}))
    return receipt.rsplit("/", 1)[1]


async def test_the_whole_way_of_an_application(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    code = await applied(county, client)
    receipt = await client.get(f"/eservices/receipt/{code}")
    assert f"{code[:4]} {code[4:]}" in receipt.text
    assert "<svg" in receipt.text

    station = await county.client_of((await staff("何静", county)).person_id, staff=True)
    page = (await station.get(f"/desk/m/{code}")).text
    assert page.count("/files/") >= 9
    assert "510899195803154328" not in page
    await press(station, "desk", code, "request_correction", {"wanted": "户口簿本人页没拍清楚\n照片少一张"})
    asked = (await client.get(f"/account/m/{code}")).text
    assert "照片少一张" in asked
    sent = (await client.get(f"/eservices/correct/{code}")).text
    added = await client.post(
        f"/eservices/correct/{code}",
        data={"paper": "HK", "_key": KEY.findall(sent)[0]},
        files=[("photos", ("new.jpg", photo(), "image/jpeg"))],
    )
    assert added.status_code == 303, added.text
    await press(client, "account", code, "complete_correction")
    await press(station, "desk", code, "accept")

    officer = await county.client_of((await staff("严红", county)).person_id, staff=True)
    await press(officer, "desk", code, "approve", {"reason": "符合条件"})
    await press(station, "desk", code, "deliver", {"how": "desk", "note": "社保卡在窗口"})
    assert "社保卡在窗口" in (await client.get(f"/account/m/{code}")).text
    await press(client, "account", code, "rate", {"grade": "2", "remark": "等得太久"})
    tasks = await list_tasks(await staff("何静", county))
    assert [task.kind for task in tasks if task.matter_code == code] == ["eservices.rectify"]
    await press(station, "desk", code, "follow_up", {"outcome": "打电话道了歉"})
    assert not await list_tasks(await staff("何静", county))

    told = [message.title for message in (await inbox([person.id])).rows]
    kinds = ("RECEIVED", "CORRECT_THESE", "ACCEPTED", "DECIDED", "DELIVERED", "PLEASE_RATE")
    assert told[::-1] == [str(getattr(messages, kind).title) for kind in kinds]
    await reads_in_english(county, person.id, code)


async def reads_in_english(county: TestSite, person_id: Any, code: str) -> None:
    english = await county.client_of(person_id, language="en")
    page = await english.get(f"/account/m/{code}?lang=en")
    assert page.status_code == 200


async def test_a_draft_goes_on_where_it_stood_and_takes_no_step_out_of_turn(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    address = await begin(client, PENSION)
    address = await answer(client, address, {"whom": "self"})
    assert step_of(address) == "phone"
    other = await county.client_of(person.id)
    guide = (await other.get(f"/eservices/{PENSION}/")).text
    assert "/eservices/draft/" in guide
    draft = address.split("/")[3]
    for forged in ("review", "photos-ID", "nonsense", "if-XX"):
        assert step_of(await followed(other, f"/eservices/draft/{draft}/{forged}")) == "phone"
    stranger = await county.client_of((await person_named("何静", county)).id)
    assert (await stranger.get(f"/eservices/draft/{draft}/phone")).status_code == 404


async def test_sent_twice_is_one_application(county: TestSite):
    person = await resident(county)
    client = await county.client_of(person.id)
    review = await to_the_review(client, await begin(client, PENSION), {}, photos=1)
    page = (await client.get(review)).text
    draft, key = review.split("/")[3], KEY.findall(page)[0]
    first = await client.post(f"/eservices/send/{draft}", data={"_key": key})
    second = await client.post(f"/eservices/send/{draft}", data={"_key": key})
    assert first.headers["location"] == second.headers["location"]


async def test_what_needs_somebody_in_person_says_come(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    page = await client.get("/eservices/marriage-appointment/apply")
    assert page.status_code == 200
    assert "data-once" not in page.text
    forged = await client.post("/eservices/marriage-appointment/apply", data={"agree": "yes", "_key": "k" * 20})
    assert forged.status_code == 409


async def test_nobody_begins_without_agreeing(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    sent = await client.submit(f"/eservices/{PENSION}/apply", {}, page=f"/eservices/{PENSION}/apply")
    assert sent.status_code == 422


async def test_a_paper_comes_to_the_desk_or_with_a_photo_but_not_silently_neither(county: TestSite):
    client = await county.client_of((await resident(county)).id)
    address = await begin(client, PENSION)
    while not step_of(address).startswith("photos-"):
        address = await answer(client, address, {"whom": {"whom": "self"}, "phone": {}}[step_of(address)])
    page = (await client.get(address)).text
    nothing = await client.post(address, data={"_key": KEY.findall(page)[-1]})
    assert nothing.status_code == 422
    later = await answer(client, address, {"later": "yes"})
    assert step_of(later) != step_of(address)


async def test_the_desk_applies_for_somebody_and_never_for_herself(county: TestSite):
    person = await resident(county)
    desk = await staff("何静", county)
    client = await county.client_of(desk.person_id, staff=True)
    page = await client.get(f"/eservices/desk/new?item={PENSION}")
    assert page.status_code == 200
    data = {"item": PENSION, "name": "周桂华", "id_number": "510899195803154328", "consent": "desk_voice"}
    begun = await client.submit(f"/eservices/desk/new?item={PENSION}", data, page=f"/eservices/desk/new?item={PENSION}")
    assert begun.status_code == 303, re.findall(r'class="err".*?</p>', begun.text)
    review = await to_the_review(client, await followed(client, begun.headers["location"]), {}, photos=1)
    code = (await send(client, review)).rsplit("/", 1)[1]
    matter = await seen(code, person.id)
    assert (matter.applicant_id, matter.made_by_id) == (person.id, None)
    assert [told.title for told in (await inbox([person.id])).rows] == [str(messages.RECEIVED.title)]
    assert (await client.get("/eservices/desk/new")).status_code == 200


async def seen(code: str, person_id: Any) -> MatterInfo:
    found = await find_visible(code, herself(person_id))
    assert found is not None
    return found
