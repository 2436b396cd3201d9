"""Messages, data, sessions, readings, consents: a person's own pages, and nobody else's."""

from __future__ import annotations

from uuid import UUID

import pytest

from lianxin.access.sessions import list_sessions
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import get_vault
from lianxin.directory.consents import give_consent, holds_consent
from lianxin.directory.models import Person
from lianxin.directory.people import claim_person, get_person
from lianxin.messages import tell, unread_count
from lianxin.operate.demo.people import demo_id
from lianxin.testing.site import TestSite
from tests.core.shells.account.small.plugin import NEWS

pytestmark = pytest.mark.anyio
PAGES = (
    "/account/",
    "/account/messages",
    "/account/profile",
    "/account/reach",
    "/account/identity",
    "/account/area",
    "/account/sessions",
    "/account/readings",
    "/account/consents",
)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_asks_who_one_is_and_comes_back(site: TestSite, path: str) -> None:
    answer = await site.client().get(path)
    assert answer.headers["location"].startswith("/sign-in?next=%2Faccount%2F")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_shows_when_there_is_nothing_yet(site: TestSite, language: str) -> None:
    async with unit_of_work():
        claimed = await claim_person(now=site.clock())
    client = await site.client_of(claimed.person_id, language=language)
    for path in PAGES:
        shown = await client.get(path)
        assert shown.status_code == 200, path
        assert shown.text.count("<h1") == 1 or path == "/account/area", path


async def test_messages_are_read_when_one_says_so(county: TestSite, resident: UUID) -> None:
    async with unit_of_work():
        await tell(resident, NEWS, parameters={"what": "低保"}, path="/m/ABC", now=county.clock())
    client = await county.client_of(resident, language="en")
    assert "News of 低保" in (await client.get("/account/messages")).text
    assert await unread_count([resident]) == 1
    await client.submit("/account/messages", page="/account/messages")
    assert await unread_count([resident]) == 0


async def test_the_profile_masks_what_is_sealed(county: TestSite, resident: UUID) -> None:
    shown = (await (await county.client_of(resident)).get("/account/profile")).text
    person = await get_person(resident)
    assert person.name in shown
    assert "154****" in shown
    assert "+86154" not in shown


async def test_name_and_number_are_told_until_the_desk_has_seen_the_card(county: TestSite, resident: UUID) -> None:
    async with unit_of_work():
        claimed = await claim_person(name="赵小梅", now=county.clock())
    client = await county.client_of(claimed.person_id)
    data = {"name": "赵小妹", "id_number": "1234"}
    wrong = await client.submit("/account/identity", data, page="/account/identity")
    assert wrong.status_code == 422
    right = await client.submit("/account/identity", {"name": "赵小妹"}, page="/account/identity")
    assert right.headers["location"] == "/account/profile"
    assert (await get_person(claimed.person_id)).name == "赵小妹"
    seen = await county.client_of(resident)
    refused = await seen.submit("/account/identity", {"name": "别人"}, page="/account/identity")
    assert refused.status_code == 409


async def test_where_one_lives_is_chosen_from_the_township_down(county: TestSite) -> None:
    async with unit_of_work():
        claimed = await claim_person(name="赵小梅", now=county.clock())
    client = await county.client_of(claimed.person_id)
    first = await client.submit("/account/area", {"area": "510821107"}, page="/account/area")
    assert first.headers["location"] == "/account/area?above=510821107"
    second = await client.submit("/account/area", {"area": "510821107001"}, page=first.headers["location"])
    assert second.headers["location"] == "/account/profile"
    assert (await get_person(claimed.person_id)).home_area_id is not None


async def test_the_language_of_messages_is_kept(county: TestSite, resident: UUID) -> None:
    client = await county.client_of(resident)
    await client.submit("/account/profile", {"language": "en"}, page="/account/profile")
    assert (await get_person(resident)).language == "en"
    assert "About me" in (await client.get("/account/profile")).text


async def test_a_browser_elsewhere_is_signed_out_from_here(county: TestSite, resident: UUID) -> None:
    here, there = await county.client_of(resident), await county.client_of(resident)
    stranger = await county.client_of(demo_id("staff", "station"))
    listed = await list_sessions(resident, here=None, now=county.clock())
    assert (await stranger.post(f"/account/sessions/{listed[0].id}/end")).status_code == 303
    assert len(await list_sessions(resident, here=None, now=county.clock())) == 2
    assert (await here.get("/account/sessions")).text.count("/end") == 1
    await here.submit("/account/sessions", page="/account/sessions")
    assert (await there.get("/account/")).status_code == 303
    assert (await here.get("/account/")).status_code == 200


async def test_who_read_a_number_in_full_stands_there_with_the_reason(county: TestSite, resident: UUID) -> None:
    row = await Person.get(id=resident)
    assert row.id_number is not None
    async with unit_of_work():
        await get_vault().reveal(
            row.id_number,
            table="person",
            column="id_number",
            row_id=resident,
            subject_id=resident,
            by=demo_id("staff", "station"),
            purpose="复核身份",
            now=county.clock(),
        )
    shown = (await (await county.client_of(resident, language="en")).get("/account/readings")).text
    assert "ID number" in shown
    assert "复核身份" in shown
    assert "何*" in shown


async def test_a_consent_is_taken_back(county: TestSite, resident: UUID) -> None:
    async with unit_of_work():
        await give_consent(resident, "small.photo", "1", "text", channel="web", now=county.clock())
        await give_consent(resident, "gone.thing", "1", "text", channel="web", now=county.clock())
    client = await county.client_of(resident, language="en")
    shown = (await client.get("/account/consents")).text
    assert "Showing your photo (en)" in shown
    assert "gone.thing" in shown
    await client.submit("/account/consents", {"purpose": "small.photo"}, page="/account/consents")
    assert not await holds_consent(resident, "small.photo", "1")
    assert (await client.get("/account/consents")).status_code == 200
