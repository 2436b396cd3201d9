"""The catalogue and the guides as a visitor sees them."""

from __future__ import annotations

import pytest

from lianxin.testing.site import TestSite

pytestmark = pytest.mark.anyio


async def test_the_catalogue_shows_every_item_by_life_event_office_and_group(site: TestSite):
    client = site.client()
    for way in ("", "?by=department", "?by=group", "?by=nonsense"):
        page = await client.get(f"/eservices/{way}")
        assert page.status_code == 200
        assert "养老保险" in page.text
        assert page.text.count('href="/eservices/') > 57


async def test_a_search_by_pinyin_finds_the_pension_and_nonsense_leads_on(site: TestSite):
    client = site.client()
    found = await client.get("/eservices/", params={"q": "yanglao"})
    assert "/eservices/resident-pension-enrol/" in found.text
    nothing = await client.get("/eservices/", params={"q": "火箭"})
    assert nothing.status_code == 200
    assert "火箭" in nothing.text
    assert "tel:" in nothing.text


@pytest.mark.parametrize("page", ["", "print", "share"])
async def test_a_guide_its_paper_and_its_qr(site: TestSite, page: str):
    for language in ("zh", "en"):
        client = site.client(language=language)
        answer = await client.get(f"/eservices/resident-pension-enrol/{page}")
        assert answer.status_code == 200
        assert ("养老保险" if language == "zh" else "pension") in answer.text
        assert " style=" not in answer.text


async def test_the_qr_is_a_picture(site: TestSite):
    answer = await site.client().get("/eservices/resident-pension-enrol/qr.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert b"<svg" in answer.content


async def test_an_unknown_service_is_not_there(site: TestSite):
    assert (await site.client().get("/eservices/no-such-thing/")).status_code == 404


async def test_every_guide_can_be_drawn(site: TestSite):
    from lianxin_eservices.queries.items import list_published

    client = site.client(language="en")
    for item in await list_published():
        assert (await client.get(f"/eservices/{item.slug}/")).status_code == 200, item.slug


async def test_home_offers_what_many_come_for(site: TestSite):
    page = await site.client().get("/")
    assert page.status_code == 200
    assert "/eservices/ssc-apply/" in page.text
