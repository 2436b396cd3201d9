"""Signing in by telephone, slip, and as staff, through the application as a browser meets it."""

from __future__ import annotations

import re
from uuid import UUID

import pyotp
import pytest

from lianxin.access.passwords import set_password
from lianxin.access.slips import make_slip
from lianxin.audit.models import AuditEntry
from lianxin.data.unit import unit_of_work
from lianxin.directory.people import bind_phone, claim_person
from lianxin.messages import outbox, unread_count
from lianxin.testing.site import SiteClient, TestSite

pytestmark = pytest.mark.anyio
PHONE = "154 0830 0001"


async def known_person(site: TestSite, name: str = "周桂华", phone: str = PHONE, *, bound_by: str = "self") -> UUID:
    async with unit_of_work():
        claimed = await claim_person(name=name, now=site.clock())
        await bind_phone(claimed.person_id, phone, bound_by=bound_by, now=site.clock())  # type: ignore[arg-type]
    return claimed.person_id


async def latest_code() -> str:
    text = (await outbox()).rows[0].text or ""
    found = re.search(r"\d{6}", text)
    assert found, text
    return found[0]


async def enter_code(client: SiteClient, phone: str = PHONE, *, page: str = "/sign-in/code") -> str:
    """From the telephone to the page after the code: its address."""
    sent = await client.submit("/sign-in", {"phone": phone}, page="/sign-in")
    assert sent.status_code == 303, sent.text
    assert sent.headers["location"] == "/sign-in/code"
    answer = await client.submit(page, {"code": await latest_code()}, page=page)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_a_known_phone_of_one_person_is_in_after_the_code(site: TestSite) -> None:
    await known_person(site)
    client = site.client()
    assert await enter_code(client) == "/account/"
    shown = await client.get("/account/")
    assert shown.status_code == 200
    assert "周*华" in shown.text


async def test_known_and_unknown_numbers_are_told_the_same(site: TestSite) -> None:
    await known_person(site)
    pages = []
    for phone in (PHONE, "154 0830 9999"):
        client = site.client()
        await client.submit("/sign-in", {"phone": phone}, page="/sign-in")
        text = (await client.get("/sign-in/code")).text
        pages.append(re.sub(r'154\*+\d{4}|name="_key" value="[^"]+"|nonce="[^"]+"', "", text))
    assert pages[0] == pages[1]


async def test_somebody_new_gives_a_name_and_is_in(site: TestSite) -> None:
    client = site.client()
    assert await enter_code(client) == "/sign-in/person"
    asked = await client.get("/sign-in/person")
    assert asked.headers["location"] == "/sign-in/name"
    done = await client.submit("/sign-in/name", {"name": "赵小梅"}, page="/sign-in/name")
    assert done.headers["location"] == "/account/"
    assert "赵*梅" in (await client.get("/account/")).text


async def test_a_shared_phone_asks_who(site: TestSite) -> None:
    await known_person(site)
    second = await known_person(site, "周小龙")
    client = site.client()
    assert await enter_code(client) == "/sign-in/person"
    question = (await client.get("/sign-in/person")).text
    assert "周*华" in question
    assert "周*龙" in question
    assert "周桂华" not in question
    done = await client.submit("/sign-in/person", {"person": str(second)}, page="/sign-in/person")
    assert done.headers["location"] == "/account/"
    assert "周*龙" in (await client.get("/account/")).text


async def test_nobody_becomes_a_person_of_another_phone(site: TestSite) -> None:
    """The number between two pages is kept by the browser: changed there, it opens nothing."""
    victim = await known_person(site, "何静", "154 0830 7777")
    client = site.client()
    await enter_code(client)
    name = site.app.state.site.cookie("phone")
    client.cookies.delete(name)
    client.cookies.set(name, "+8615408307777")
    for path, data in (("/sign-in/person", {"person": str(victim)}), ("/sign-in/name", {"name": "何静"})):
        answer = await client.post(path, data=data)
        assert answer.headers["location"] == "/sign-in"
    assert (await client.get("/account/")).status_code == 303


async def test_a_relative_gets_an_account_of_her_own_on_a_known_phone(site: TestSite) -> None:
    await known_person(site)
    client = site.client()
    assert await enter_code(client, page="/sign-in/code?who=other") == "/sign-in/person"
    chosen = await client.submit("/sign-in/person", {"person": "other"}, page="/sign-in/person")
    assert chosen.headers["location"] == "/sign-in/name"
    await client.submit("/sign-in/name", {"name": "周小龙"}, page="/sign-in/name")
    assert "周*龙" in (await client.get("/account/")).text


async def test_a_number_that_the_desk_bound_needs_one_more_fact(site: TestSite) -> None:
    await known_person(site, bound_by="desk")
    client = site.client()
    assert await enter_code(client) == "/sign-in/fact"
    assert (await client.get("/account/")).status_code == 303
    wrong = await client.submit("/sign-in/fact", {"answer": "李四"}, page="/sign-in/fact")
    assert wrong.status_code == 422
    right = await client.submit("/sign-in/fact", {"answer": "周桂华"}, page="/sign-in/fact")
    assert right.headers["location"] == "/account/"


async def test_a_wrong_code_says_how_many_tries_are_left(site: TestSite) -> None:
    client = site.client(language="en")
    await client.submit("/sign-in", {"phone": PHONE}, page="/sign-in")
    wrong = "000000" if await latest_code() != "000000" else "000001"
    answer = await client.submit("/sign-in/code", {"code": wrong}, page="/sign-in/code")
    assert answer.status_code == 422
    assert "Tries left: 4" in answer.text
    entry = await AuditEntry.filter(action="access.sign_in").first()
    assert entry is not None
    assert entry.result == "refused"


async def test_another_code_comes_after_a_minute_and_not_before(site: TestSite) -> None:
    client = site.client(language="en")
    await client.submit("/sign-in", {"phone": PHONE}, page="/sign-in")
    early = await client.submit("/sign-in/code/again", page="/sign-in/code")
    assert early.status_code == 429
    assert "in 60 seconds" in early.text
    site.clock.forward(seconds=61)
    later = await client.submit("/sign-in/code/again", page="/sign-in/code")
    assert later.headers["location"] == "/sign-in/code"
    assert len((await outbox()).rows) == 2


async def test_a_code_that_was_used_says_when_the_next_can_be_asked_for(site: TestSite) -> None:
    """Signed in, signed out, and in again within the minute: no second message was sent."""
    await known_person(site)
    assert await enter_code(site.client(language="en")) == "/account/"
    site.clock.forward(seconds=20)
    again = site.client(language="en")
    assert await again.submit("/sign-in", {"phone": PHONE}, page="/sign-in")
    assert "ask for a new one in 40 seconds" in (await again.get("/sign-in/code")).text
    used = await again.submit("/sign-in/code", {"code": await latest_code()}, page="/sign-in/code")
    assert used.status_code == 422
    assert "you can in 40 seconds" in used.text
    site.clock.forward(seconds=40)
    used = await again.submit("/sign-in/code", {"code": await latest_code()}, page="/sign-in/code")
    assert "Ask for a new one." in used.text
    await again.submit("/sign-in/code/again", page="/sign-in/code")
    done = await again.submit("/sign-in/code", {"code": await latest_code()}, page="/sign-in/code")
    assert done.headers["location"] == "/account/"


async def test_one_comes_back_to_where_one_wanted_to_go_and_nowhere_else(site: TestSite) -> None:
    await known_person(site)
    for wish, leads in (("/account/profile", "/account/profile"), ("//evil.example", "/account/")):
        client = site.client()
        site.clock.forward(seconds=61)
        await client.submit(f"/sign-in?next={wish}", {"phone": PHONE}, page="/sign-in")
        answer = await client.submit(f"/sign-in/code?next={wish}", {"code": await latest_code()}, page="/sign-in/code")
        assert answer.headers["location"] == leads


async def test_a_step_without_a_sign_in_under_way_begins_anew(site: TestSite) -> None:
    client = site.client()
    steps = ("code", "person", "name", "fact", "totp", "totp-new", "new-password")
    for path in (f"/sign-in/{each}" for each in steps):
        assert (await client.get(path)).headers["location"] == "/sign-in", path
        assert (await client.post(path, data={"code": "1"})).headers.get("location") == "/sign-in", path


async def test_a_slip_and_a_fact_open_the_account(site: TestSite) -> None:
    person_id = await known_person(site)
    async with unit_of_work():
        slip = await make_slip(person_id, now=site.clock())
    client = site.client()
    page = f"/sign-in/slip?slip={slip.code}"
    assert slip.code in (await client.get(page)).text
    wrong = await client.submit("/sign-in/slip", {"code": slip.printed, "answer": "李四"}, page=page)
    assert wrong.status_code == 422
    right = await client.submit("/sign-in/slip", {"code": slip.printed, "answer": "周桂华"}, page=page)
    assert right.headers["location"] == "/account/"


async def staff_person(site: TestSite, *, must_change: bool = False) -> UUID:
    person_id = await known_person(site, "何静", "154 0830 0002")
    await set_password(person_id, "hejing", "four quiet green tea cups", must_change=must_change, now=site.clock())
    return person_id


async def set_up_app(client: SiteClient, site: TestSite) -> tuple[str, str]:
    """Password and first code: the secret, and where it leads."""
    data = {"login_name": "hejing", "password": "four quiet green tea cups"}
    first = await client.submit("/sign-in/staff", data, page="/sign-in/staff")
    assert first.headers["location"] == "/sign-in/totp-new", first.text
    shown = (await client.get("/sign-in/totp-new")).text
    assert "<svg" in shown
    found = re.search(r'<b class="code">([A-Z2-7 ]+)</b>', shown)
    assert found
    secret = found[1].replace(" ", "")
    code = pyotp.TOTP(secret).at(site.clock())
    done = await client.submit("/sign-in/totp-new", {"code": code}, page="/sign-in/totp-new")
    return secret, str(done.headers["location"])


async def test_staff_set_up_the_app_and_are_asked_for_it_from_then_on(site: TestSite) -> None:
    await staff_person(site)
    client = site.client()
    secret, leads = await set_up_app(client, site)
    assert leads == "/desk/"
    site.clock.forward(minutes=2)
    other = site.client()
    data = {"login_name": "hejing", "password": "four quiet green tea cups"}
    second = await other.submit("/sign-in/staff", data, page="/sign-in/staff")
    assert second.headers["location"] == "/sign-in/totp"
    assert (await other.get("/account/")).status_code == 303
    code = pyotp.TOTP(secret).at(site.clock())
    done = await other.submit("/sign-in/totp", {"code": code}, page="/sign-in/totp")
    assert done.headers["location"] == "/desk/"
    assert (await other.get("/account/")).status_code == 200


async def test_a_password_that_was_given_must_be_changed_first(site: TestSite) -> None:
    await staff_person(site, must_change=True)
    client = site.client()
    _, leads = await set_up_app(client, site)
    assert leads == "/sign-in/new-password"
    assert (await client.get("/account/")).status_code == 303
    differ = {"password": "my own long password", "repeated": "my own long passwort"}
    assert (await client.submit(leads, differ, page=leads)).status_code == 422
    same = {"password": "my own long password", "repeated": "my own long password"}
    assert (await client.submit(leads, same, page=leads)).headers["location"] == "/desk/"
    assert (await client.get("/account/")).status_code == 200


async def test_a_wrong_password_opens_nothing(site: TestSite) -> None:
    await staff_person(site)
    client = site.client()
    data = {"login_name": "hejing", "password": "wrong"}
    answer = await client.submit("/sign-in/staff", data, page="/sign-in/staff")
    assert answer.status_code == 422
    assert "wrong" not in answer.text


async def test_signing_out_ends_the_session(site: TestSite) -> None:
    person_id = await known_person(site)
    client = await site.client_of(person_id)
    token = client.cookies[site.app.state.site.cookie("session")]
    assert (await client.post("/sign-out")).headers["location"] == "/"
    client.cookies.set(site.app.state.site.cookie("session"), token)
    assert (await client.get("/account/")).status_code == 303


async def test_whose_password_is_guessed_at_is_told_once_and_gets_in_by_a_browser_it_knows(site: TestSite) -> None:
    person_id = await staff_person(site)
    known = site.client()
    await set_up_app(known, site)
    guesser = site.client()
    wrong = {"login_name": "hejing", "password": "wrong"}
    answers = [await guesser.submit("/sign-in/staff", wrong, page="/sign-in/staff") for _ in range(12)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert await unread_count([person_id]) == 1
    right = {"login_name": "hejing", "password": "four quiet green tea cups"}
    again = await known.submit("/sign-in/staff", right, page="/sign-in/staff")
    assert again.headers["location"] == "/sign-in/totp"
