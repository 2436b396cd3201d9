"""A resident shows the desk the page on which she is stuck: it looks and points, and never types, reads or sends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from lianxin.api import EventSeen, Visit, claim_person
from lianxin.testing.site import SiteClient, TestSite
from lianxin_eservices.actions.showing import end_quiet
from lianxin_eservices.models import Draft, Showing
from tests.plugins.eservices.applying import KEY, answer, begin, send, step_of, to_the_review
from tests.plugins.eservices.people import resident, staff
from tests.plugins.eservices.test_journey import PENSION

pytestmark = pytest.mark.anyio
TOLD = "/eservices/desk/shown"
NUMBER = re.compile(r'<span class="code">(\d{3}) (\d{3})</span>')


async def stuck(county: TestSite) -> tuple[SiteClient, SiteClient, str]:
    """She at her first questions, the desk of her community, and where she stands."""
    hers = await county.client_of((await resident(county)).id)
    address = await answer(hers, await begin(hers, PENSION), {"whom": "self"})
    desk = await county.client_of((await staff("何静", county)).person_id, staff=True)
    return hers, desk, address


async def press(client: SiteClient, address: str, page: str, **data: str) -> Any:
    """A button of a page; it has to be there."""
    text = (await client.get(page)).text
    form = next(form for form in text.split("<form")[1:] if f'action="{address}"' in form)
    return await client.post(address, data={**data, "_key": KEY.findall(form)[0]})


async def shown(hers: SiteClient, address: str) -> str:
    """The number that she reads out."""
    done = await press(hers, address.replace("/draft/", "/show/"), address)
    assert done.status_code == 303
    return "".join(NUMBER.findall((await hers.get(address)).text)[0])


async def look(desk: SiteClient, number: str) -> Any:
    return await desk.submit(TOLD, {"number": number}, page=TOLD)


async def test_the_desk_sees_the_question_follows_points_and_sees_no_answer(county: TestSite):
    hers, desk, address = await stuck(county)
    number = await shown(hers, address)
    joined = await look(desk, f"{number[:3]} {number[3:]}")
    assert joined.status_code == 303, joined.text[:300]
    where = joined.headers["location"]
    seen = (await desk.get(where)).text
    assert step_of(address) == "phone"
    assert "13800000001" not in seen.replace(" ", "")
    assert "何静" in (await hers.get(address)).text
    assert number not in (await hers.get(address)).text

    assert (await press(desk, f"{where}/point", where, name="phone")).status_code == 303
    assert "data-points-at=" in (await hers.get(address)).text
    address = await answer(hers, address, {"phone": "13912345678"})
    seen = (await desk.get(where)).text
    assert "13912345678" not in seen
    assert "data-points-at=" not in (await hers.get(address)).text
    assert (await Showing.get()).step == step_of(address)
    back = address.rsplit("/", 1)[0] + "/whom"
    assert (await press(hers, back.replace("/draft/", "/show/") + "/here", back)).status_code == 303
    assert (await Showing.get()).step == "whom"
    for closed in (address, f"{address.replace('/draft/', '/show/')}/banner"):
        assert (await desk.get(closed)).status_code == 404
    typed = await desk.post(back, data={"whom": "family", "_key": "k" * 24})
    sent = await desk.post(f"/eservices/send/{address.split('/')[3]}", data={"_key": "l" * 24})
    assert (typed.status_code, sent.status_code) == (404, 404)
    assert "应本人要求帮助填表" in (await hers.get("/account/readings")).text


async def test_she_stops_and_nothing_more_is_seen(county: TestSite):
    hers, desk, address = await stuck(county)
    where = (await look(desk, await shown(hers, address))).headers["location"]
    assert (await press(hers, f"{address.replace('/draft/', '/show/')}/stop", address)).status_code == 303
    assert (await desk.get(where)).status_code == 404
    assert (await desk.post(f"{where}/point", data={"name": "phone", "_key": "k" * 24})).status_code == 404
    assert 'id="showing"' not in (await hers.get(address)).text


async def test_sending_ends_it_and_so_do_fifteen_quiet_minutes(county: TestSite):
    hers, desk, address = await stuck(county)
    where = (await look(desk, await shown(hers, address))).headers["location"]
    county.clock.forward(minutes=16)
    assert (await desk.get(where)).status_code == 404
    assert await end_quiet(county.clock()) == 1
    where = (await look(desk, await shown(hers, address))).headers["location"]
    review = await to_the_review(hers, address, {})
    assert (await desk.get(where)).status_code == 200
    await send(hers, review)
    assert (await desk.get(where)).status_code == 404
    assert await Showing.filter(ended_at=None).count() == 0


async def test_a_number_holds_ten_minutes_once_and_is_not_guessed(county: TestSite):
    hers, desk, address = await stuck(county)
    number = await shown(hers, address)
    assert await shown_again(hers, address) == number
    other = await county.client_of((await staff("何勇", county)).person_id, staff=True)
    assert (await look(desk, number)).status_code == 303
    assert (await look(other, number)).status_code == 422
    assert (await other.get(f"{TOLD}/{(await Showing.get()).id}")).status_code == 404
    await press(hers, f"{address.replace('/draft/', '/show/')}/stop", address)
    number = await shown(hers, address)
    county.clock.forward(minutes=11)
    assert (await look(desk, number)).status_code == 422
    for _ in range(9):
        await look(other, "000000")
    assert (await look(other, await shown(hers, address))).status_code == 429
    assert (await hers.get(TOLD)).status_code == 403


async def shown_again(hers: SiteClient, address: str) -> str:
    """A second press: the same number."""
    await hers.post(address.replace("/draft/", "/show/"), data={"_key": "z" * 24})
    return "".join(NUMBER.findall((await hers.get(address)).text)[0])


async def test_only_these_two_hear_that_something_moved(county: TestSite):
    hers, desk, address = await stuck(county)
    where = (await look(desk, await shown(hers, address))).headers["location"]
    row = await Showing.get()
    routes = county.app.state.site.routes
    visit: Visit = None  # type: ignore[assignment]
    topics = await routes["eservices:shown_live"].item.handler(visit, shown=row)
    made = EventSeen(1, "eservices.showing", None, None, {"showing": str(row.id)}, county.clock())
    foreign = EventSeen(2, "eservices.showing", None, None, {"showing": str(row.draft_id)}, county.clock())
    assert (await topics.may_hear(made), await topics.may_hear(foreign)) == (True, False)
    assert f'data-live="{where}/live"' in (await desk.get(where)).text


async def test_a_showing_that_breaks_a_promise_is_not_kept(county: TestSite):
    hers, _desk, address = await stuck(county)
    await shown(hers, address)
    row, now = await Showing.get(), county.clock()
    other = (await claim_person(name="张小军", now=now)).person_id
    values = {
        "draft_id": row.draft_id,
        "person_id": row.person_id,
        "colleague_id": other,
        "step": "phone",
        "created_at": now,
        "expires_at": now + timedelta(minutes=10),
        "moved_at": now,
        "ended_at": now,
    }
    breaks: dict[str, dict[str, Any]] = {
        "eservices_showing_open": {"ended_at": None},
        "eservices_showing_two": {"colleague_id": row.person_id},
        "eservices_showing_used": {"number_key": "x", "number": row.number},
        "eservices_showing_whole": {"number_key": "x"},
    }
    for name, change in breaks.items():
        with pytest.raises(IntegrityError, match=f"{name}|draft_id"):
            await Showing.create(**{**values, **change})
    await begin(hers, "ssc-apply")
    other_draft = await Draft.exclude(id=row.draft_id).get()
    again = {"draft_id": other_draft.id, "colleague_id": None, "ended_at": None, "number": row.number}
    again["number_key"] = row.number_key
    with pytest.raises(IntegrityError, match="eservices_showing_number|number_key"):
        await Showing.create(**{**values, **again})
    assert await Showing.all().count() == 1
