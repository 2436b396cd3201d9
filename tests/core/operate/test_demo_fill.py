"""The demo's county is whole, and nobody in it is real."""

from collections import Counter
from datetime import datetime

import pytest

from lianxin.access.models import Grant
from lianxin.calendar.queries import list_years
from lianxin.config import Config
from lianxin.directory.areas import find_area, list_below
from lianxin.directory.models import Area, Organisation, Person
from lianxin.directory.people import CLAIMED, SEEN_BY_DESK, card_of, people_of_phone, search_people
from lianxin.operate.demo.fill import demo_people, demo_resident, fill_kernel
from lianxin.operate.demo.staff import COMMUNITY, STAFF
from lianxin.values.credit_code import parse_credit_code
from lianxin.values.identity import DEMO_AREA, parse_id_number
from lianxin.values.names import clean_name
from lianxin.values.phones import is_mobile, parse_phone

pytestmark = pytest.mark.anyio


async def test_the_whole_county(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    kinds = Counter(await Area.all().values_list("kind", flat=True))
    assert kinds == {"county": 1, "town": 21, "township": 2, "community": 37, "village": 183, "grid": 40}
    for area in await Area.exclude(kind="grid"):
        assert all((area.phone, area.hours_zh, area.hours_en, area.address_zh, area.address_en)), area.code
        assert area.name_en.isascii()
    phones = Counter([area.phone for area in await Area.exclude(kind="grid")])
    assert max(phones.values()) == 1
    # No number in the country begins with a zero after its area code: nobody can be called by mistake.
    assert all(phone.startswith("0839-012 ") for phone in phones)
    community = await find_area(COMMUNITY)
    assert community is not None
    assert len(await list_below(community.path)) == 41
    assert await list_years() == [2026, 2025, 2024]


async def test_organisations_have_valid_codes(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    kinds = Counter(await Organisation.all().values_list("kind", flat=True))
    assert kinds == {"department": 4, "township_government": 23, "station": 220}
    codes = [row.credit_code for row in await Organisation.exclude(credit_code=None)]
    assert [parse_credit_code(code or "") for code in codes] == codes
    assert len(codes) == 27


async def test_each_role_has_an_account(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    grants = {grant.person_id: grant for grant in await Grant.all().select_related("area", "organisation")}
    assert len(grants) == len(STAFF)
    for seed in STAFF:
        grant = grants[seed.person_id]
        assert (grant.role, grant.area.code if grant.area else "") == (seed.role, seed.area)
        assert (grant.organisation.code if grant.organisation else "") == seed.organisation
        assert (await Person.get(id=seed.person_id)).name == seed.name


async def test_people_can_be_found_as_real_ones(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    seen = next(seed for seed in demo_people() if seed.seen and seed.phone)
    assert seen.number is not None
    assert seen.id in {card.id for card in await search_people(seen.number.value, now=now)}
    assert seen.id in {card.id for card in await people_of_phone(seen.phone)}
    assert (await card_of(seen.id)).home_area
    assert await Person.all().count() == len(demo_people()) + len(STAFF)


async def test_the_resident_of_the_demo_shares_a_telephone(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    resident = demo_resident()
    assert resident.id in {card.id for card in await people_of_phone(resident.phone)}
    assert len(await people_of_phone(resident.phone)) > 1
    assert (await card_of(resident.id)).home_area == "普子岭社区"


def test_the_resident_is_born_on_the_same_day_for_ever() -> None:
    number = demo_resident().number
    assert number is not None
    assert number.value == "510899195306062502", "a demo made before midnight is looked around in after it"


async def test_one_woman_is_there_twice(database: Config, now: datetime) -> None:
    await fill_kernel(now)
    twin = demo_people()[-1]
    assert twin.number is not None
    found = await search_people(twin.number.value, now=now)
    assert sorted(card.identity for card in found) == [CLAIMED, SEEN_BY_DESK]
    assert len({card.name for card in found}) == 1


def test_people_are_lifelike_and_nobody_real(now: datetime) -> None:
    people = demo_people()
    assert len(people) == 480
    assert people == demo_people.__wrapped__(), "made anew they are the same"
    numbers = [seed.number.value for seed in people if seed.number]
    assert len(set(numbers)) == len(numbers) - 1, "one woman is there twice, for the desk to find"
    assert all(number.startswith(DEMO_AREA) for number in numbers)
    assert [parse_id_number(number, now.date()).value for number in numbers] == numbers
    assert all(clean_name(seed.name) == seed.name for seed in people)
    phones = Counter(seed.phone for seed in people if seed.phone)
    assert all(parse_phone(phone) == phone and is_mobile(phone) and phone.startswith("+86154") for phone in phones)
    assert sum(count > 1 for count in phones.values()) >= 50
    assert sum(not seed.phone for seed in people) >= 20
    assert sum(now.year - seed.born.year >= 60 for seed in people) > len(people) / 2
    assert any("·" in seed.name for seed in people)
    assert any(ord(character) > 0xFFFF for seed in people for character in seed.name)
