"""A shared machine, locked at once or when nobody touches it: the server refuses, the password opens it again."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from lianxin.access.models import Session
from lianxin.access.passwords import set_password
from lianxin.operate.demo.staff import STAFF
from lianxin.settings import set_setting
from lianxin.shells.account.signing.locking import lock_idle
from lianxin.testing.site import SiteClient, TestSite

pytestmark = pytest.mark.anyio
ONE, TWO = (seed.person_id for seed in STAFF if seed.role == "station_staff")
WORDS = {ONE: "four quiet green tea cups", TWO: "five loud red rice bowls"}
LOCKED = "/sign-in/locked"


async def desk(county: TestSite, person: UUID) -> SiteClient:
    """A colleague at a machine of the station, with a password of hers."""
    await set_password(person, f"clerk{WORDS[person][:4]}", WORDS[person], now=county.clock())
    return await county.client_of(person, staff=True)


async def lock(client: SiteClient) -> str:
    """The button at the foot of the menu; answers where it leads."""
    answer = await client.post("/sign-in/lock", headers={"referer": "http://127.0.0.1:8000/desk/tasks"})
    return str(answer.headers["location"])


async def unlock(client: SiteClient, person: UUID, password: str = "", page: str = LOCKED) -> Any:
    """With her password, or another."""
    who = (await Session.get(person_id=person, ended_at=None)).id
    return await client.submit(page, {"who": str(who), "password": password or WORDS[person]}, page=page)


async def test_a_locked_session_is_refused_by_the_server_until_the_password(county: TestSite) -> None:
    client = await desk(county, ONE)
    token = client.cookies.get(county.app.state.site.cookie("session"))
    where = await lock(client)
    assert where == f"{LOCKED}?next=%2Fdesk%2Ftasks"
    thief = county.client()
    thief.cookies.set(county.app.state.site.cookie("session"), str(token), domain="127.0.0.1", path="/")
    for browser in (client, thief):
        assert (await browser.get("/desk/")).headers["location"].startswith("/sign-in")
        assert (await browser.post("/desk/find", data={"q": "何"})).status_code == 303
    assert (await thief.get("/sign-in")).headers["location"] == LOCKED
    shown = (await client.get(where)).text
    assert "何*" in shown
    assert "何静" not in shown
    wrong = await unlock(client, ONE, "four quiet green tea pots", where)
    assert wrong.status_code == 422
    assert "密码不对" in wrong.text
    assert (await unlock(client, ONE, page=where)).headers["location"] == "/desk/tasks"
    assert (await client.get("/desk/")).status_code == 200
    assert (await thief.get("/desk/")).status_code == 303


async def test_colleagues_switch_at_one_machine_and_each_finds_her_own_session(county: TestSite) -> None:
    client = await desk(county, ONE)
    await lock(client)
    assert (await client.post(f"{LOCKED}/other")).headers["location"] == "/sign-in/staff?next=%2Fdesk%2F"
    name = county.app.state.site.cookie("session")
    other = await desk(county, TWO)
    client.cookies.set(name, str(other.cookies.get(name)), domain="127.0.0.1", path="/")
    assert "何" in (await client.get("/desk/")).text
    await lock(client)
    both = (await client.get(LOCKED)).text
    assert len(re.findall(r'type="radio"[^>]*name="who"', both)) == 2
    assert (await unlock(client, ONE, WORDS[TWO])).status_code == 422
    assert (await unlock(client, ONE)).status_code == 303
    assert (await client.get("/desk/")).status_code == 200
    stages = {row.person_id: row.stage for row in await Session.filter(ended_at=None)}
    assert stages == {ONE: "full", TWO: "locked"}
    await lock(client)
    assert (await unlock(client, TWO)).status_code == 303


async def test_a_desk_that_nobody_touches_is_locked_and_what_is_sent_then_is_kept(county: TestSite) -> None:
    client = await desk(county, ONE)
    await client.get("/desk/")
    county.clock.forward(minutes=9)
    await lock_idle(county.clock())
    assert (await client.get("/desk/")).status_code == 200
    county.clock.forward(minutes=11)
    await lock_idle(county.clock())
    sent = await client.post("/desk/people/new", data={"name": "岳桂珍", "phone": "13800001234"})
    assert sent.headers["location"] == "/sign-in?next=%2Fheld"
    led = await client.get(sent.headers["location"])
    assert led.headers["location"] == f"{LOCKED}?next=%2Fheld"
    back = await unlock(client, ONE, page=led.headers["location"])
    assert back.headers["location"] == "/held"
    assert "岳桂珍" in (await client.post("/held")).text


async def test_a_locked_session_ends_when_it_would_have_ended(county: TestSite) -> None:
    client = await desk(county, ONE)
    await lock(client)
    county.clock.forward(minutes=31)
    assert (await client.get(LOCKED)).headers["location"] == "/sign-in"
    session = await Session.get(person_id=ONE, ended_at=None)
    answer = await client.post(LOCKED, data={"who": str(session.id), "password": WORDS[ONE]})
    assert answer.headers["location"] == "/sign-in"
    assert (await client.get("/desk/")).status_code == 303


async def test_how_long_is_a_setting_and_residents_are_never_locked(county: TestSite, resident: UUID) -> None:
    client, hers = await desk(county, ONE), await county.client_of(resident)
    assert (await hers.post("/sign-in/lock")).status_code == 409
    assert (await client.get("/sign-in/idle")).json() == {"minutes": 10}
    await set_setting("account.lock_minutes", "0", by_id=None, now=county.clock())
    assert (await client.get("/sign-in/idle")).json() == {"minutes": 0}
    county.clock.forward(minutes=25)
    await lock_idle(county.clock())
    assert not await Session.filter(stage="locked").exists()
    await set_setting("account.lock_minutes", "5", by_id=None, now=county.clock())
    await lock_idle(county.clock())
    assert [row.person_id for row in await Session.filter(stage="locked")] == [ONE]
    assert (await hers.get("/account/")).status_code == 200


async def test_guesses_are_counted_as_at_sign_in(county: TestSite) -> None:
    client = await desk(county, ONE)
    await lock(client)
    told = [(await unlock(client, ONE, f"not this one {number}")).status_code for number in range(11)]
    assert told == [422] * 10 + [429]
    assert (await unlock(client, ONE)).status_code == 429
