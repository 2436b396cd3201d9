"""The box at the desk, claims, telephones, and two rows that are one person."""

import asyncio
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lianxin.config import Config
from lianxin.declarations import Refused
from lianxin.directory.models import Person, PersonPhone, Phone
from lianxin.directory.people import (
    CLAIMED,
    SEEN_BY_DESK,
    DeskAnswer,
    DeskEntry,
    bind_phone,
    bindings_of_phone,
    card_of,
    claim_identity,
    claim_person,
    confirm_identity,
    find_or_create_person,
    find_person,
    get_person,
    merge_people,
    people_of_phone,
    phone_of,
    phone_used,
    phones_of,
    same_person_ids,
    set_home_area,
    set_preferences,
    unbind_phone,
    undo_merge,
)
from lianxin.values.identifiers import uuid7
from lianxin.values.identity import make_id_number

pytestmark = pytest.mark.anyio

NUMBER = make_id_number(date(1948, 3, 5), 122).value
OTHER = make_id_number(date(1950, 1, 1), 12).value
PHONE = "154 0830 0001"


async def enter(now: datetime, **typed: object) -> DeskAnswer:
    return await find_or_create_person(DeskEntry(**typed), now=now)  # type: ignore[arg-type]


async def made(now: datetime, **typed: object) -> UUID:
    answer = await enter(now, **typed)
    assert answer.person is not None
    assert answer.created
    return answer.person.id


# The box at the desk


async def test_the_desk_makes_a_person_and_finds_her_by_her_card(village: UUID, now: datetime) -> None:
    person_id = await made(
        now, name=" 周桂华 ", id_number=NUMBER.lower(), phone=PHONE, home_area_id=village, card_seen=True
    )
    card = await card_of(person_id)
    assert (card.name, card.phone, card.identity) == ("周*华", "154****0001", SEEN_BY_DESK)
    assert card.id_number == f"{NUMBER[0]}{'*' * 15}{NUMBER[-1]}"
    assert card.home_area == "普子岭社区"
    again = await enter(now, name="周桂华", id_number=NUMBER)
    assert again.person is not None
    assert (again.person.id, again.created, again.person.name) == (person_id, False, "周桂华")


async def test_the_desk_finds_by_name_and_telephone(database: Config, now: datetime) -> None:
    person_id = await made(now, name="周桂华", phone=PHONE)
    again = await enter(now, name="周桂华", phone="+86 15408300001")
    assert again.person is not None
    assert (again.person.id, again.created) == (person_id, False)


async def test_a_number_seen_with_another_name_is_refused_without_telling_it(database: Config, now: datetime) -> None:
    await made(now, name="周桂华", id_number=NUMBER, card_seen=True)
    with pytest.raises(Refused, match="number_of_another") as refused:
        await enter(now, name="李四", id_number=NUMBER, card_seen=True)
    assert "周桂华" not in str(refused.value)
    assert "周*华" in str(refused.value)


async def test_the_same_name_in_the_same_place_is_warned_of(village: UUID, other_village: UUID, now: datetime) -> None:
    first = await made(now, name="周桂华", home_area_id=village)
    answer = await enter(now, name="周桂华", home_area_id=village, phone=PHONE)
    assert answer.person is None
    assert [double.id for double in answer.doubles] == [first]
    assert await Person.all().count() == 1
    # Elsewhere the name alone says nothing.
    await made(now, name="周桂华", home_area_id=other_village)


async def test_after_the_warning_the_desk_chooses(village: UUID, now: datetime) -> None:
    first = await made(now, name="周桂华", home_area_id=village)
    entry = DeskEntry("周桂华", id_number=NUMBER, phone=PHONE, home_area_id=village, card_seen=True)
    assert (await find_or_create_person(entry, now=now)).person is None
    chosen = await find_or_create_person(entry, use=first, now=now)
    assert chosen.person is not None
    assert (chosen.person.id, chosen.person.identity, chosen.created) == (first, SEEN_BY_DESK, False)
    assert (await phone_of(first)) is not None
    insisted = await find_or_create_person(DeskEntry("周桂华", home_area_id=village), create_anyway=True, now=now)
    assert insisted.created
    assert await Person.all().count() == 2


async def test_a_card_with_another_number_is_another_person(village: UUID, now: datetime) -> None:
    first = await made(now, name="周桂华", id_number=NUMBER, home_area_id=village, card_seen=True)
    second = await made(now, name="周桂华", id_number=OTHER, home_area_id=village, card_seen=True)
    assert first != second


async def test_who_claimed_the_number_is_offered_to_the_desk(database: Config, now: datetime) -> None:
    claimed = await claim_person(name="周桂华", id_number=NUMBER, now=now)
    answer = await enter(now, name="周桂华", id_number=NUMBER, card_seen=True)
    assert [double.id for double in answer.doubles] == [claimed.person_id]


async def test_two_desks_with_one_card_make_one_person(database: Config, now: datetime) -> None:
    entry = DeskEntry("周桂华", id_number=NUMBER, card_seen=True)
    answers = await asyncio.gather(*(find_or_create_person(entry, now=now) for _ in range(8)))
    assert len({answer.person.id for answer in answers if answer.person}) == 1
    assert sum(answer.created for answer in answers) == 1
    assert await Person.all().count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "字" * 31}, "name"),
        ({"name": "周桂华", "id_number": "510821194803051234"}, "id_number"),
        ({"name": "周桂华", "card_seen": True}, "id_number"),
        ({"name": "周桂华", "phone": "123"}, "phone"),
    ],
)
async def test_what_can_not_be_read_makes_no_row(
    database: Config, now: datetime, typed: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await enter(now, **typed)
    assert (refused.value.status, refused.value.field) == (422, field)
    assert await Person.all().count() == 0
    assert await Phone.all().count() == 0


@pytest.mark.parametrize("name", ["赵𬱖", "周䶮", "买买提江·阿卜杜热合曼", "王<b>", "字" * 30])
async def test_names_are_kept_as_they_are(database: Config, now: datetime, name: str) -> None:
    person_id = await made(now, name=name)
    assert (await get_person(person_id)).name == name


async def test_the_number_is_nowhere_in_clear(database: Config, now: datetime) -> None:
    person_id = await made(now, name="周桂华", id_number=NUMBER, phone=PHONE, card_seen=True)
    row, phone = await Person.get(id=person_id), await Phone.first()
    assert row.id_number is not None
    assert phone is not None
    assert NUMBER.encode() not in row.id_number.cipher()
    assert b"15408300001" not in phone.number.cipher()
    assert NUMBER not in f"{row.id_number_key}{row.id_number_tail_key}{phone.number_key}"


async def test_the_desk_confirms_once_whoever_else_claims(database: Config, now: datetime) -> None:
    first = (await claim_person(name="周桂华", id_number=NUMBER, now=now)).person_id
    second = (await claim_person(name="周桂花", id_number=NUMBER, now=now)).person_id
    await confirm_identity(first, NUMBER, now=now)
    await confirm_identity(first, NUMBER, now=now)
    with pytest.raises(Refused, match="number_seen"):
        await confirm_identity(second, NUMBER, now=now)
    assert [(await get_person(each)).identity for each in (first, second)] == [SEEN_BY_DESK, CLAIMED]


# What residents say of themselves


async def test_claiming_a_number_that_is_there_tells_the_claimant_nothing(database: Config, now: datetime) -> None:
    seen = await made(now, name="周桂华", id_number=NUMBER, card_seen=True)
    claimed = await claim_person(name="李四", id_number=NUMBER, now=now)
    fresh = await claim_person(name="李五", id_number=OTHER, now=now)
    assert claimed.person_id != seen
    assert claimed.same_person_suspected == seen
    assert fresh.same_person_suspected is None
    mine, theirs = await get_person(claimed.person_id), await get_person(fresh.person_id)
    assert (mine.identity, mine.has_number) == (theirs.identity, theirs.has_number) == (CLAIMED, True)


async def test_a_person_may_come_without_a_name_and_tell_it_later(database: Config, now: datetime) -> None:
    person_id = (await claim_person(now=now)).person_id
    assert (await card_of(person_id)).name == ""
    await claim_identity(person_id, name="周桂华", id_number=NUMBER, now=now)
    assert (await get_person(person_id)).name == "周桂华"
    await claim_identity(person_id, id_number=OTHER, now=now)
    assert (await get_person(person_id)).name == "周桂华"
    await confirm_identity(person_id, OTHER, now=now)
    await claim_identity(person_id, name="周桂华", id_number=OTHER, now=now)
    with pytest.raises(Refused, match="seen_already"):
        await claim_identity(person_id, name="周桂花", now=now)
    with pytest.raises(Refused, match="seen_already"):
        await claim_identity(person_id, id_number=NUMBER, now=now)


# Telephones


async def test_a_family_shares_a_telephone_and_a_person_has_two(database: Config, now: datetime) -> None:
    mother, son = await made(now, name="周桂华"), await made(now, name="周勇")
    for person_id in (mother, son, mother):
        await bind_phone(person_id, PHONE, bound_by="desk", now=now)
    await bind_phone(mother, "0839-420 1234", bound_by="desk", now=now + timedelta(days=1))
    assert await Phone.all().count() == 2
    assert [card.name for card in await people_of_phone("15408300001")] == ["周*华", "周*"]
    held = await phone_of(mother)
    assert held is not None
    assert held.masked == "154****0001"
    assert [phone.mobile for phone in await phones_of(mother)] == [False, True]
    await unbind_phone(mother, held.id, now=now)
    assert [card.id for card in await people_of_phone(PHONE)] == [son]
    assert not await unbind_phone(mother, held.id, now=now)


async def test_a_binding_says_by_whom_and_how_long_the_telephone_was_silent(database: Config, now: datetime) -> None:
    phone_id = await bind_phone(await made(now, name="周桂华"), PHONE, bound_by="desk", now=now)
    later = now + timedelta(days=3)
    await phone_used(phone_id, now=later)
    (binding,) = await bindings_of_phone(PHONE)
    assert (binding.bound_by, binding.since, binding.last_used_at) == ("desk", now, later)


async def test_rivals_bind_one_telephone(database: Config, now: datetime) -> None:
    people = [await made(now, name=f"周{character}") for character in "一二三四"]
    await asyncio.gather(*(bind_phone(each, PHONE, bound_by="self", now=now) for each in people * 2))
    assert await Phone.all().count() == 1
    assert await PersonPhone.all().count() == 4


# Two rows, one person


async def test_merging_and_taking_apart_again(database: Config, now: datetime) -> None:
    kept = await made(now, name="周桂华", id_number=NUMBER, card_seen=True)
    gone = (await claim_person(name="周桂华", id_number=NUMBER, now=now)).person_id
    await bind_phone(gone, PHONE, bound_by="self", now=now)
    merged = await merge_people(kept, gone, now=now + timedelta(hours=1))
    assert (merged.kept_id, merged.gone_id) == (kept, gone)
    found = await find_person(gone)
    assert found is not None
    assert found.id == kept
    assert await same_person_ids(kept) == [kept, gone]
    assert [card.id for card in await people_of_phone(PHONE)] == [kept]
    await undo_merge(gone, now=now + timedelta(hours=2))
    assert (await get_person(gone)).id == gone
    assert [card.id for card in await people_of_phone(PHONE)] == [gone]
    assert await phone_of(kept) is None
    with pytest.raises(Refused, match="not_merged"):
        await undo_merge(gone, now=now)


async def test_undoing_leaves_a_telephone_that_she_had_before(database: Config, now: datetime) -> None:
    kept, gone = await made(now, name="周桂华"), await made(now, name="周桂花")
    for person_id in (kept, gone):
        await bind_phone(person_id, PHONE, bound_by="self", now=now)
    await merge_people(kept, gone, now=now + timedelta(hours=1))
    await undo_merge(gone, now=now + timedelta(hours=2))
    assert {card.id for card in await people_of_phone(PHONE)} == {kept, gone}


async def test_what_is_not_merged(database: Config, now: datetime) -> None:
    first = await made(now, name="周桂华", id_number=NUMBER, card_seen=True)
    second = await made(now, name="周桂花", id_number=OTHER, card_seen=True)
    weak, third = await made(now, name="周"), await made(now, name="李")
    for kept, gone, code in (
        (first, first, "merge_itself"),
        (first, second, "merge_two_cards"),
        (weak, first, "merge_other_way"),
        (first, uuid7(), "no_person"),
    ):
        with pytest.raises(Refused, match=code):
            await merge_people(kept, gone, now=now)
    await merge_people(first, weak, now=now)
    with pytest.raises(Refused, match="merged_already"):
        await merge_people(third, weak, now=now)
    assert await Person.exclude(merged_into_id=None).count() == 1


# Home and preferences


async def test_home_and_preferences(village: UUID, now: datetime) -> None:
    person_id = await made(now, name="周桂华")
    await set_home_area(person_id, village)
    await set_preferences(person_id, language="en", elder="on")
    await set_preferences(person_id, theme="dark")
    person = await get_person(person_id)
    assert (person.home_area_id, person.language, person.elder, person.theme) == (village, "en", "on", "dark")
    with pytest.raises(Refused, match="no_area"):
        await set_home_area(person_id, uuid7())
