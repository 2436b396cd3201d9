"""Over HTTP: the hall without an account, the clerk's page, and who is kept out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lianxin.api import EventSeen, list_grants
from lianxin.testing.site import SiteClient
from lianxin_counter.models import Counter, Slip
from lianxin_counter.states import CALLED, DONE, LEFT, MISSED, SERVING, WAITING
from tests.plugins.counter.conftest import STATION, Station

pytestmark = pytest.mark.anyio
HALL, DESK = f"/counter/{STATION}/", "/counter/desk/"


async def clerk(station: Station) -> SiteClient:
    """The browser of the first."""
    assert station.clerks[0].person_id
    return await station.site.client_of(station.clerks[0].person_id, staff=True)


async def press(client: SiteClient, slip: Slip, do: str, **more: str) -> str:
    """One of the slip's buttons; the answer is its state then."""
    answer = await client.post(f"/counter/desk/slip/{slip.id}", data={"do": do, **more})
    assert answer.status_code == 303, answer.text
    return (await Slip.get(id=slip.id)).state


async def test_a_walk_in_takes_a_number_follows_it_and_gives_it_back(station: Station) -> None:
    client = station.site.client()
    answer = await client.submit(HALL, {"kind": "P"}, page=HALL)
    slip = await Slip.get()
    assert answer.headers["location"] == f"{HALL}slip/{slip.code}"
    shown = (await client.get(answer.headers["location"])).text
    assert "P001" in shown
    assert "<svg" in shown
    await client.submit(HALL, {"kind": "P"}, page=HALL)
    second = await Slip.exclude(id=slip.id).get()
    phone = station.site.client()
    assert "您前面还有 1 位" in (await phone.get(f"/counter/s/{second.code}")).text
    fragment = await phone.get(f"/counter/s/{second.code}", headers={"hx-request": "true"})
    assert "<html" not in fragment.text
    assert (await phone.post(f"/counter/s/{slip.code}", data={})).status_code == 303
    assert (await Slip.get(id=slip.id)).state == LEFT
    assert "下一位就是您" in (await phone.get(f"/counter/s/{second.code}")).text
    assert (await phone.get("/counter/s/abcdefghjkmn")).status_code == 404


async def test_a_second_click_takes_no_second_number(station: Station) -> None:
    client = station.site.client()
    key = re.search(r'name="_key" value="([^"]+)"', (await client.get(HALL)).text)
    assert key
    answers = [await client.post(HALL, data={"kind": "A", "_key": key[1]}) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await Slip.all().count() == 1


async def test_a_flood_is_told_to_wait_and_a_trusted_hall_is_not(station: Station) -> None:
    client = station.site.client()
    told = [(await client.post(HALL, data={"kind": "A"})).status_code for _ in range(32)]
    assert told == [303] * 30 + [429] * 2
    assert await Slip.all().count() == 30
    site = station.site.app.state.site
    site.config = replace(site.config, trusted_desks=("127.0.0.1",))
    assert (await client.post(HALL, data={"kind": "A"})).status_code == 303


async def test_where_no_counter_is_no_number_is_given(station: Station) -> None:
    await Counter.all().delete()
    client = station.site.client()
    assert "这里不用取号" in (await client.get(HALL)).text
    await client.post(HALL, data={"kind": "A"})
    assert not await Slip.exists()
    assert (await client.get("/counter/999/")).status_code == 404


async def test_the_clerk_serves_by_four_keys_and_the_wall_names_nobody(station: Station) -> None:
    one = await clerk(station)
    await one.submit("/counter/desk/new", {"name": "岳桂珍", "about": "高龄津贴", "priority": "aged"})
    slip = await Slip.get()
    page = (await one.get(DESK)).text
    assert 'data-key="n"' in page
    assert "岳*珍" in page
    assert "岳桂珍" not in page
    assert (await one.submit(DESK, page=DESK)).headers["location"] == DESK
    page = (await one.get(DESK)).text
    assert [key in page for key in ('data-key="b"', 'data-key="r"', 'data-key="x"')] == [True] * 3
    wall = await station.site.client().get(f"{HALL}display")
    assert "P001" in wall.text
    assert "请 P 0 0 1 号，到 1 号窗口办理。" in wall.text
    assert "岳" not in wall.text
    assert await press(one, slip, "miss") == MISSED
    assert await press(one, slip, "recall") == CALLED
    assert await press(one, slip, "begin") == SERVING
    assert 'data-key="d"' in (await one.get(DESK)).text
    assert await press(one, slip, "done") == DONE


async def test_handed_on_without_a_counter_comes_back_to_the_form(station: Station) -> None:
    one = await clerk(station)
    await one.submit("/counter/desk/new", {})
    await one.submit(DESK, page=DESK)
    slip = await Slip.get()
    where = f"/counter/desk/slip/{slip.id}"
    refused = await one.submit(where, {"do": "hand_on"}, page=where)
    assert refused.status_code == 422
    assert "请选别的窗口。" in refused.text
    assert await press(one, slip, "hand_on", counter=str(station.counters[1].id)) == WAITING


async def test_only_the_station_sees_its_slips_and_a_scan_leads_it_there(station: Station) -> None:
    await station.site.client().post(HALL, data={"kind": "A"})
    slip = await Slip.get()
    one = await clerk(station)
    scanned = await one.get(f"/counter/s/{slip.code}")
    assert scanned.headers["location"] == f"/counter/desk/slip/{slip.id}"
    assert (await one.get(scanned.headers["location"])).status_code == 200
    officer, *_ = await list_grants(station.site.clock(), role="department_officer")
    other = await station.site.client_of(officer.person_id, staff=True)
    assert (await other.get(scanned.headers["location"])).status_code == 403
    assert (await other.get(f"/counter/s/{slip.code}")).status_code == 200
    area = station.area.id
    await Slip.filter(id=slip.id).update(area_id=station.area.parent_id)
    assert (await one.get(scanned.headers["location"])).status_code == 404
    assert area != station.area.parent_id


async def test_a_hall_hears_its_own_station_only(station: Station) -> None:
    route = station.site.app.state.site.routes["counter:live"].item
    topics = await route.handler(None, station.area)
    heard = [
        await topics.may_hear(EventSeen(1, "counter.changed", area_id=where))
        for where in (station.area.id, station.area.parent_id)
    ]
    assert heard == [True, False]


async def test_whoever_sits_nowhere_is_asked_where(station: Station) -> None:
    await Counter.all().update(clerk_id=None, seated_at=None)
    one = await clerk(station)
    assert (await one.get(DESK)).headers["location"] == f"{DESK}seat"
    assert (await one.post(DESK, data={})).status_code == 409
    sat = await one.submit(f"{DESK}seat", {"counter": str(station.counters[1].id)}, page=f"{DESK}seat")
    assert sat.headers["location"] == DESK
    assert "2 号窗口" in (await one.get(DESK)).text
    await one.post(f"{DESK}seat/add", data={"area": STATION})
    assert await Counter.filter(number=3).exists()
    await one.post(f"{DESK}seat/up", data={})
    assert not await Counter.exclude(clerk_id=None).exists()
