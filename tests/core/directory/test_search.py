"""How the desk looks for a person."""

from datetime import date, datetime
from uuid import UUID

import pytest

from lianxin.directory.areas import get_area
from lianxin.directory.people import DeskEntry, claim_person, find_or_create_person, merge_people, search_people
from lianxin.values.identity import make_id_number

pytestmark = pytest.mark.anyio

NUMBER = make_id_number(date(1948, 3, 5), 122).value
PHONE = "15408300001"


async def names(text: str, now: datetime, within: str | None = None) -> list[str]:
    return [card.name for card in await search_people(text, within=within, now=now)]


@pytest.fixture
async def people(village: UUID, other_village: UUID, now: datetime) -> None:
    for entry in (
        DeskEntry("周桂华", id_number=NUMBER, phone=PHONE, home_area_id=village, card_seen=True),
        DeskEntry("周勇", phone=PHONE, home_area_id=village),
        DeskEntry("张周", home_area_id=other_village),
        DeskEntry("100%_真", home_area_id=other_village),
    ):
        assert (await find_or_create_person(entry, now=now)).created


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("周", ["周勇", "周桂华", "张周"]),
        ("周桂", ["周桂华"]),
        (NUMBER, ["周桂华"]),
        (f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:].lower()} ", ["周桂华"]),
        (NUMBER[-4:], ["周桂华"]),
        (PHONE, ["周勇", "周桂华"]),
        ("+86 154 0830 0001", ["周勇", "周桂华"]),
        ("%", ["100%_真"]),
        ("王", []),
        ("", []),
        ("1540830", []),
        ("9999", []),
        ("\x00", []),
    ],
)
async def test_what_the_desk_types(people: None, now: datetime, text: str, found: list[str]) -> None:
    assert await names(text, now) == found


async def test_a_name_is_looked_for_in_ones_own_area_a_whole_number_everywhere(
    people: None, village: UUID, other_village: UUID, now: datetime
) -> None:
    elsewhere = (await get_area(other_village)).path
    assert await names("周", now, elsewhere) == ["张周"]
    assert await names(NUMBER[-4:], now, elsewhere) == []
    assert await names(NUMBER, now, elsewhere) == ["周桂华"]
    assert await names(PHONE, now, elsewhere) == ["周勇", "周桂华"]


async def test_at_most_twenty(village: UUID, now: datetime) -> None:
    for place in range(25):
        await claim_person(name=f"{'王' if place < 15 else '小王'}{place:02d}", now=now)
    found = await names("王", now)
    assert len(found) == 20
    assert [name.startswith("王") for name in found] == [True] * 15 + [False] * 5


async def test_who_was_merged_is_found_once(people: None, now: datetime) -> None:
    seen = (await search_people(NUMBER, now=now))[0].id
    claimed = await claim_person(name="周桂华", id_number=NUMBER, now=now)
    assert len(await search_people(NUMBER, now=now)) == 2
    await merge_people(seen, claimed.person_id, now=now)
    assert [card.id for card in await search_people(NUMBER, now=now)] == [seen]


async def test_masked_when_asked(people: None, now: datetime) -> None:
    (card,) = await search_people(NUMBER, masked=True, now=now)
    assert (card.name, card.masked) == ("周*华", True)
