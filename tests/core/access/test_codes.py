"""Codes on the telephone, the further fact, slips: defence.md B6, B7, and the clock (A15)."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from lianxin.access.codes import check_code, forget_codes, request_code
from lianxin.access.facts import check_second_fact, needs_second_fact
from lianxin.access.limits import TooManyTries
from lianxin.access.models import SignInCode
from lianxin.access.sessions import CHOOSE_PERSON, FULL, advance_session, find_session, open_session
from lianxin.access.slips import check_slip, make_slip
from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.data.vault import get_vault
from lianxin.declarations import Refused
from lianxin.directory.people.numbers import TAIL_PURPOSE
from lianxin.directory.people.phones import bind_phone
from tests.core.access.conftest import counted_queries, make_person

pytestmark = pytest.mark.anyio
PHONE = "+8613800001234"
MINUTE = timedelta(minutes=1)


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 10**6:06d}"


async def refusal(phone: str, code: str, now: datetime) -> tuple[str, int]:
    """Why a code is refused, and how many tries are left."""
    with pytest.raises(Refused) as refused:
        await check_code(phone, code, now=now)
    return refused.value.code, refused.value.data["left"]


async def test_a_code_proves_the_phone_once(database: Config, now: datetime) -> None:
    first, second = await make_person(now), await make_person(now, "王大明")
    for person in (first, second):
        await bind_phone(person.id, PHONE, bound_by="self", now=now)
    code = (await request_code(PHONE, now=now)).code
    assert len(code) == 6
    assert code.isdigit()
    proved = await check_code(PHONE, f" {code} ", now=now + 9 * MINUTE)
    assert proved.people == (first.id, second.id)
    assert await refusal(PHONE, code, now + 9 * MINUTE) == ("access.code_over", 0)


async def test_a_new_number_reaches_nobody_yet(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    assert (await check_code(PHONE, code, now=now)).people == ()


async def test_five_tries_and_no_more(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    left = [await refusal(PHONE, wrong(code), now) for _ in range(5)]
    assert left == [("access.wrong_code", n) for n in (4, 3, 2, 1)] + [("access.code_over", 0)]
    assert await refusal(PHONE, code, now) == ("access.code_over", 0)


async def test_fifty_rivals_guess_five_times(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    answers = await asyncio.gather(*(refusal(PHONE, wrong(code), now) for _ in range(50)))
    assert Counter(answers)["access.code_over", 0] == 46
    assert (await SignInCode.get()).tries == 5


async def test_one_rival_uses_the_code(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    answers = await asyncio.gather(*(check_code(PHONE, code, now=now) for _ in range(5)), return_exceptions=True)
    assert len([each for each in answers if not isinstance(each, BaseException)]) == 1


async def test_ten_minutes(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    assert await refusal(PHONE, code, now + 10 * MINUTE) == ("access.code_over", 0)


async def test_a_clock_set_back_keeps_the_code_and_asks_for_no_longer_wait(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    await request_code("+8613800005555", now=now)
    await request_code("+8613800005555", now=now - 10 * MINUTE)
    assert (await check_code(PHONE, code, now=now - 10 * MINUTE)).people == ()


async def test_the_latest_code_alone_holds(database: Config, now: datetime) -> None:
    old = (await request_code(PHONE, now=now)).code
    new = (await request_code(PHONE, now=now + MINUTE)).code
    if old != new:
        assert await refusal(PHONE, old, now + MINUTE) == ("access.wrong_code", 4)
    assert (await check_code(PHONE, new, now=now + MINUTE)).people == ()


async def test_one_message_a_minute_and_five_an_hour(database: Config, now: datetime) -> None:
    asked = await asyncio.gather(*(request_code(PHONE, now=now) for _ in range(20)), return_exceptions=True)
    assert len([each for each in asked if not isinstance(each, TooManyTries)]) == 1
    sent = 1
    for minute in range(1, 61):
        try:
            await request_code(PHONE, now=now + minute * MINUTE)
            sent += 1
        except TooManyTries as refused:
            assert refused.wait <= 3600  # noqa: PT017
    assert sent == 6
    assert await SignInCode.all().count() == 6


async def test_known_and_unknown_numbers_take_the_same_path(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await bind_phone(person.id, PHONE, bound_by="self", now=now)
    paths = []
    for phone in (PHONE, "+8613900009999"):
        with counted_queries() as queries:
            code = (await request_code(phone, now=now)).code
            asked = len(queries)
            with pytest.raises(TooManyTries):
                await request_code(phone, now=now)
            again = len(queries)
            await refusal(phone, wrong(code), now)
        paths.append((asked, again, len(queries)))
    assert paths[0] == paths[1]


async def test_no_code_and_no_number_is_stored(database: Config, now: datetime) -> None:
    code = (await request_code(PHONE, now=now)).code
    rows = await connection().execute_query_dict("SELECT phone_key, code_hash, tries FROM sign_in_code")
    tries = await connection().execute_query_dict("SELECT * FROM attempt")
    assert PHONE[3:] not in str(rows) + str(tries)
    assert code not in (rows[0]["code_hash"], rows[0]["phone_key"])
    assert rows[0]["code_hash"] == get_vault().index(f"{rows[0]['phone_key']}:{code}", purpose="sign_in_code")


async def test_codes_are_forgotten(database: Config, now: datetime) -> None:
    await request_code(PHONE, now=now - timedelta(days=2))
    await request_code(PHONE, now=now)
    await forget_codes(now)
    assert await SignInCode.all().count() == 1


async def phone_key_of(now: datetime) -> str:
    """Proves the telephone."""
    return (await check_code(PHONE, (await request_code(PHONE, now=now)).code, now=now)).phone_key


async def test_a_number_that_the_desk_bound_asks_for_a_fact_until_it_is_told(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await bind_phone(person.id, PHONE, bound_by="desk", now=now)
    key = await phone_key_of(now)
    later = now + timedelta(hours=2)
    assert await needs_second_fact(person.id, key, now=now)
    with pytest.raises(Refused, match=r"access\.wrong_fact"):
        await check_second_fact(person.id, "李小梅", phone_key=key, now=now)
    assert await needs_second_fact(person.id, await phone_key_of(later), now=later)
    await check_second_fact(person.id, " 王 小梅", phone_key=key, now=later)
    assert not await needs_second_fact(person.id, key, now=later)


async def test_a_silent_number_asks_for_a_fact(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await bind_phone(person.id, PHONE, bound_by="self", now=now)
    key = await phone_key_of(now)
    later = now + timedelta(days=181)
    assert not await needs_second_fact(person.id, key, now=now)
    assert await needs_second_fact(person.id, key, now=later)
    await phone_key_of(later)
    assert await needs_second_fact(person.id, key, now=later)
    await open_session(person.id, method="phone", staff=False, phone_key=key, now=later - timedelta(days=100))
    assert not await needs_second_fact(person.id, key, now=later)
    assert await needs_second_fact(person.id, key, now=later, after=timedelta(days=30))


async def test_who_has_told_nothing_yet_has_nothing_to_prove(database: Config, now: datetime) -> None:
    person = await make_person(now, "")
    await bind_phone(person.id, PHONE, bound_by="self", now=now - timedelta(days=400))
    assert not await needs_second_fact(person.id, await phone_key_of(now), now=now)


async def test_five_facts_an_hour(database: Config, now: datetime) -> None:
    tail = get_vault().index("123X", purpose=TAIL_PURPOSE)
    person = await make_person(now, id_number_tail_key=tail)
    for _ in range(5):
        with pytest.raises(Refused, match=r"access\.wrong_fact"):
            await check_second_fact(person.id, "1234", phone_key="", now=now)
    with pytest.raises(TooManyTries):
        await check_second_fact(person.id, "123x", phone_key="", now=now)
    await check_second_fact(person.id, "123x", phone_key="", now=now + 61 * MINUTE)


async def test_choosing_who_one_is(database: Config, now: datetime) -> None:
    person = await make_person(now)
    opened = await open_session(None, method="phone", staff=False, stage=CHOOSE_PERSON, phone_key="k", now=now)
    held = await find_session(opened.token, now)
    assert held is not None
    assert held.phone_key == "k"
    full = await advance_session(held, stage=FULL, person_id=person.id, now=now)
    assert full is not None
    chosen = await find_session(full.token, now)
    assert chosen is not None
    assert (chosen.person_id, chosen.full) == (person.id, True)


async def test_a_slip_with_a_fact_signs_in_once(database: Config, now: datetime) -> None:
    person = await make_person(now)
    slip = await make_slip(person.id, now=now)
    assert len(slip.code) == 12
    typed = slip.printed.lower().replace("-", " - ")
    with pytest.raises(Refused, match=r"access\.wrong_slip"):
        await check_slip(typed, "李小梅", address="1.2.3.4", now=now)
    assert await check_slip(typed, "王小梅", address="1.2.3.4", now=now + timedelta(hours=23)) == person.id
    with pytest.raises(Refused, match=r"access\.wrong_slip"):
        await check_slip(typed, "王小梅", address="1.2.3.4", now=now + timedelta(hours=23))


async def test_a_slip_holds_a_day_five_tries_and_until_the_next(database: Config, now: datetime) -> None:
    person = await make_person(now)
    replaced, late = await make_slip(person.id, now=now), await make_slip(person.id, now=now)
    for code, at in ((replaced.code, now), (late.code, now + timedelta(hours=24))):
        with pytest.raises(Refused, match=r"access\.wrong_slip"):
            await check_slip(code, "王小梅", address="1.2.3.4", now=at)
    for answer in ("李", "李", "李", "李", "李", "王小梅"):
        with pytest.raises(Refused, match=r"access\.wrong_slip"):
            await check_slip(late.code, answer, address="1.2.3.4", now=now)
