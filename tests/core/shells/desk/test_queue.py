"""The queue as a colleague's browser gets it: groups, chips, filters, what is new, who may see what."""

from __future__ import annotations

import pytest

from lianxin.access.actor import Actor
from lianxin.matters.claiming import claim
from lianxin.matters.info import load_matter
from lianxin.operate.demo.staff import TOWNSHIP
from lianxin.testing.site import TestSite

from .conftest import OFFICER, STATION, STATION_2, Opening

pytestmark = pytest.mark.anyio
HTMX = {"hx-request": "true"}


async def test_an_empty_queue_says_so_and_leads_on(site: TestSite) -> None:
    client = await site.client_of(STATION, staff=True)
    shown = await client.get("/desk/")
    assert shown.status_code == 200, shown.text
    assert "/desk/tasks" in shown.text


async def test_overdue_stands_first_then_today_then_the_rest(site: TestSite, opening: Opening) -> None:
    late = await opening("很早的")
    site.clock.forward(days=1)
    today = await opening("今天的")
    site.clock.forward(days=5)
    await opening("新来的")
    client = await site.client_of(STATION, staff=True)
    text = (await client.get("/desk/?lang=en")).text
    places = [text.index(words) for words in (">Overdue</b>", "很早的", "Due today", "今天的", "The rest", "新来的")]
    assert places == sorted(places)
    assert late.code in text
    assert today.code in text


async def test_chips_filter_in_the_address(site: TestSite, opening: Opening) -> None:
    mine, other = await opening("我的事"), await opening("别人的事")
    client = await site.client_of(STATION, staff=True)
    taken = await client.submit(f"/desk/m/{mine.code}", {"do": "claim"}, page=f"/desk/m/{mine.code}")
    assert taken.status_code == 303
    text = (await client.get("/desk/?view=mine")).text
    assert mine.code in text
    assert other.code not in text
    text = (await client.get("/desk/?view=unclaimed&flow=small.request")).text
    assert other.code in text
    assert mine.code not in text
    assert f"/desk/m/{other.code}?view=unclaimed&amp;flow=small.request" in text


async def test_nobody_sees_another_places_queue(site: TestSite, opening: Opening) -> None:
    elsewhere = await opening("别处的事", area=TOWNSHIP)
    client = await site.client_of(STATION, staff=True)
    assert elsewhere.code not in (await client.get("/desk/")).text
    assert (await client.get(f"/desk/m/{elsewhere.code}")).status_code == 404


async def test_the_desk_is_for_staff_sessions_only(site: TestSite) -> None:
    resident = await site.client_of(STATION)
    assert (await resident.get("/desk/")).status_code == 403
    nobody = site.client()
    assert (await nobody.get("/desk/")).status_code == 303


async def test_what_came_since_is_told_and_the_list_stays(site: TestSite, opening: Opening) -> None:
    client = await site.client_of(STATION, staff=True)
    since = int(site.clock().timestamp())
    site.clock.forward(minutes=5)
    await opening()
    told = await client.get(f"/desk/arrived?since={since}&lang=en", headers=HTMX)
    assert "New: 1" in told.text
    nothing = await client.get(f"/desk/arrived?since={since + 600}", headers=HTMX)
    assert nothing.text.strip() == ""
    assert (await client.get("/desk/arrived?since=nonsense", headers=HTMX)).status_code == 200
    assert (await client.get(f"/desk/arrived?since={since}")).headers["location"] == "/desk/"


async def test_a_long_queue_goes_on_by_key(site: TestSite, opening: Opening) -> None:
    for _ in range(103):
        await opening()
        site.clock.forward(minutes=1)
    client = await site.client_of(STATION, staff=True)
    first = (await client.get("/desk/")).text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = (await client.get(following)).text
    assert first.count('class="job') == 100
    assert second.count('class="job') == 3


async def test_of_two_at_once_the_second_is_told_who_was_first(site: TestSite, opening: Opening) -> None:
    matter = await opening()
    rival = await site.client_of(STATION_2, staff=True)
    page = f"/desk/m/{matter.code}"
    key = (await rival.get(page)).text.split('name="_key" value="')[1].split('"')[0]
    await claim(matter, by=await _staff(site, STATION), now=site.clock())
    answer = await rival.post(page, data={"do": "claim", "_key": key}, headers={"accept-language": "en"})
    assert answer.status_code == 409
    assert "何*" in answer.text
    assert page in answer.text
    assert (await load_matter(matter.id)).owner_id == STATION


async def _staff(site: TestSite, person_id: object) -> Actor:
    from lianxin.access.sessions import load_grants

    return Actor(person_id=person_id, staff=True, grants=await load_grants(person_id, site.clock()))  # type: ignore[arg-type]


async def test_the_stream_is_for_who_may_see_the_queue(site: TestSite) -> None:
    nobody = site.client()
    assert (await nobody.get("/desk/live")).status_code in (303, 401)


async def test_hearing_follows_grants_and_the_matter_itself(site: TestSite, opening: Opening) -> None:
    from types import SimpleNamespace

    from lianxin.bus import EventSeen
    from lianxin.shells.desk.hearing import listen

    near, far = await opening(), await opening(area=TOWNSHIP)
    answers = {}
    for name, person in (("station", STATION), ("officer", OFFICER)):
        topics = await listen(SimpleNamespace(actor=await _staff(site, person)))  # type: ignore[arg-type]
        for place, matter in (("near", near), ("far", far)):
            event = EventSeen(1, "matter.changed", matter.area_id, None, {"code": matter.code, "flow": "small.request"})
            answers[name, place] = await topics.may_hear(event)
    assert answers == {
        ("station", "near"): True,
        ("station", "far"): False,
        ("officer", "near"): False,
        ("officer", "far"): False,
    }
