"""Several at once: each by itself, and a line that says how it went."""

from __future__ import annotations

import pytest

from lianxin.matters.models import Matter, Note
from lianxin.operate.demo.staff import TOWNSHIP
from lianxin.testing.site import TestSite

from .conftest import STATION, STATION_2, Opening

pytestmark = pytest.mark.anyio
PAGE = "/desk/several"


async def owners() -> dict[str, object]:
    """Who has which in hand."""
    return {row["code"]: row["owner_id"] for row in await Matter.all().values("code", "owner_id")}


async def test_what_is_refused_stops_none_of_the_rest(site: TestSite, opening: Opening) -> None:
    one, taken, far = await opening(), await opening(), await opening(area=TOWNSHIP)
    client = await site.client_of(STATION, staff=True)
    other = await site.client_of(STATION_2, staff=True)
    await other.submit(f"/desk/m/{taken.code}", {"do": "claim"}, page=f"/desk/m/{taken.code}")
    codes = [one.code, taken.code, far.code]
    answer = await client.submit(PAGE, {"codes": codes, "do": "claim"}, page=PAGE)
    assert answer.status_code == 200
    assert "办成 1 件，共 3 件" in answer.text
    assert "何*" in answer.text
    assert far.title not in answer.text
    assert await owners() == {one.code: STATION, taken.code: STATION_2, far.code: None}


async def test_handed_over_given_back_and_marked(site: TestSite, opening: Opening) -> None:
    matters = [await opening() for _ in range(3)]
    codes = [each.code for each in matters]
    client = await site.client_of(STATION, staff=True)
    await client.submit(PAGE, {"codes": codes, "do": "claim"}, page=PAGE)
    handed = {"codes": codes[:2], "do": "hand_over", "colleague": str(STATION_2), "remark": "我下午请假"}
    assert "办成 2 件，共 2 件" in (await client.submit(PAGE, handed, page=PAGE)).text
    await client.submit(PAGE, {"codes": codes, "do": "release"}, page=PAGE)
    assert await owners() == {codes[0]: STATION_2, codes[1]: STATION_2, codes[2]: None}
    await client.submit(PAGE, {"codes": codes, "do": "note", "remark": "等县里统一答复"}, page=PAGE)
    assert [row.text for row in await Note.all()] == ["等县里统一答复"] * 3


@pytest.mark.parametrize("sent", [{"do": "claim"}, {"do": "hand_over"}, {"do": "note"}, {}])
async def test_what_is_missing_is_said_and_nothing_is_done(
    site: TestSite, opening: Opening, sent: dict[str, str]
) -> None:
    matter = await opening()
    data = sent if sent.get("do") == "claim" else {**sent, "codes": matter.code}
    client = await site.client_of(STATION, staff=True)
    answer = await client.submit(PAGE, data, page=PAGE)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert await owners() == {matter.code: None}
    assert not await Note.exists()


async def test_the_list_is_the_queue_under_its_filters(site: TestSite, opening: Opening) -> None:
    mine, free = await opening(), await opening()
    client = await site.client_of(STATION, staff=True)
    await client.submit(PAGE, {"codes": mine.code, "do": "claim"}, page=PAGE)
    shown = (await client.get(f"{PAGE}?view=unclaimed")).text
    assert free.code in shown
    assert mine.code not in shown
