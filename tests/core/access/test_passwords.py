"""Passwords and second factors: which are taken, whom they end, what is used once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.access.limits import TooManyTries
from lianxin.access.models import Credential
from lianxin.access.passwords import (
    check_new_password,
    check_password,
    clean_login,
    disable_sign_in,
    is_guessable,
    login_name_of,
    must_change_password,
    set_password,
)
from lianxin.access.sessions import load_actor, open_session
from lianxin.access.totp import TotpEnrolment, begin_totp, check_totp, confirm_totp, enrolment_of, reset_totp
from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.declarations import Refused
from tests.core.access.conftest import make_person

pytestmark = pytest.mark.anyio
GOOD = "四个词 in a row"
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("1234567", "access.password_length"),
        ("x" * 257, "access.password_length"),
        ("12345678", "access.password_common"),
        ("PASSWORD123", "access.password_common"),
        ("woaini1314", "access.password_common"),
        ("１２３４５６７８", "access.password_common"),
        ("aaaaaaaaaaaa", "access.password_common"),
        ("abababababab", "access.password_common"),
        ("lianxin2026", "access.password_common"),
        ("连心连心12345678", "access.password_common"),
        ("wang.li1985", "access.password_common"),
        ("lianxinadmin123", "access.password_common"),
    ],
)
def test_refused(password: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_new_password(password, "Wang.Li")


@pytest.mark.parametrize("password", [GOOD, "kuh pferd 牛 esel", "correct horse", "x7Kq29pd", "长" * 31 + "城墙" * 100])
def test_taken(password: str) -> None:
    check_new_password(password, "wang.li")


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Po"]), min_size=64, max_size=256))
def test_long_ones_of_any_script_are_taken_unless_they_repeat(password: str) -> None:
    if not is_guessable(password, "wang.li"):
        check_new_password(password, "wang.li")
    else:
        assert len(set(clean_login(password))) <= 2 or "wang.li" in password.casefold() or "连心" in password


async def test_a_new_password_ends_all_other_sessions(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await set_password(person.id, "Wang.Li", GOOD, must_change=True, now=now)
    held = await check_password("wang.li", GOOD, now=now)
    assert (held.person_id, held.must_change, held.second_factor) == (person.id, True, False)
    assert await must_change_password(person.id)
    here = await open_session(person.id, method="password", staff=True, now=now)
    there = await open_session(person.id, method="phone", staff=False, now=now)
    await set_password(person.id, "Wang.Li", "another " + GOOD, keep_session=here.id, now=now)
    assert not await must_change_password(person.id)
    assert await load_actor(here.token, now) is not None
    assert await load_actor(there.token, now) is None
    assert not (await check_password("ｗang.li ", "another " + GOOD, now=now)).must_change
    with pytest.raises(Refused, match=r"access\.wrong_password"):
        await check_password("wang.li", GOOD, now=now)


async def test_a_login_name_is_of_one_person(database: Config, now: datetime) -> None:
    first, second = await make_person(now), await make_person(now)
    await set_password(first.id, "wang.li", GOOD, now=now)
    await set_password(second.id, "li", GOOD, now=now)
    with pytest.raises(Refused, match=r"access\.login_taken"):
        await set_password(second.id, "WANG.LI", GOOD, now=now)
    assert await login_name_of(second.id) == "li"


async def test_who_is_disabled_is_out_at_once(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await set_password(person.id, "wang.li", GOOD, now=now)
    token = (await open_session(person.id, method="password", staff=True, now=now)).token
    await disable_sign_in(person.id, now=now)
    assert await load_actor(token, now) is None
    with pytest.raises(Refused, match=r"access\.wrong_password"):
        await check_password("wang.li", GOOD, now=now)


def code_at(enrolment: TotpEnrolment, now: datetime) -> str:
    """What the app shows."""
    return pyotp.TOTP(enrolment.secret).at(now)


async def test_a_second_factor_counts_from_its_first_right_code(database: Config, now: datetime) -> None:
    person = await make_person(now)
    await set_password(person.id, "wang.li", GOOD, now=now)
    enrolment = await begin_totp(person.id, "wang.li", now=now)
    assert enrolment.uri.startswith("otpauth://totp/")
    assert await enrolment_of(person.id, "wang.li", now=now) == enrolment
    assert not (await check_password("wang.li", GOOD, now=now)).second_factor
    await confirm_totp(person.id, code_at(enrolment, now), now=now)
    assert (await check_password("wang.li", GOOD, now=now)).second_factor
    assert await enrolment_of(person.id, "wang.li", now=now) is None
    with pytest.raises(Refused, match=r"access\.totp_there"):
        await begin_totp(person.id, "wang.li", now=now)
    rows = await connection().execute_query_dict("SELECT * FROM credential")
    assert enrolment.secret not in str(rows)


async def test_each_step_once_and_one_to_each_side(database: Config, now: datetime) -> None:
    person = await make_person(now)
    enrolment = await begin_totp(person.id, "wang.li", now=now)
    await confirm_totp(person.id, code_at(enrolment, now - STEP), now=now)
    tries = await asyncio.gather(
        *(check_totp(person.id, code_at(enrolment, now), now=now) for _ in range(5)), return_exceptions=True
    )
    assert tries.count(None) == 1
    await check_totp(person.id, code_at(enrolment, now + STEP), now=now)
    for at in (now - STEP, now, now + STEP, now + 3 * STEP):
        with pytest.raises(Refused, match=r"access\.wrong_totp"):
            await check_totp(person.id, code_at(enrolment, at), now=now)


async def test_ten_guesses_of_a_second_factor(database: Config, now: datetime) -> None:
    person = await make_person(now)
    enrolment = await begin_totp(person.id, "wang.li", now=now)
    await confirm_totp(person.id, code_at(enrolment, now - 5 * STEP), now=now - 5 * STEP)
    for guess in ("", "abcdef", "１２３４５６", "12345", *("0000000",) * 6):
        with pytest.raises(Refused, match=r"access\.wrong_totp"):
            await check_totp(person.id, guess, now=now)
    with pytest.raises(TooManyTries):
        await check_totp(person.id, code_at(enrolment, now), now=now)


async def test_an_administrator_takes_a_lost_factor_away(database: Config, now: datetime) -> None:
    person = await make_person(now)
    first = await begin_totp(person.id, "wang.li", now=now)
    await confirm_totp(person.id, code_at(first, now), now=now)
    token = (await open_session(person.id, method="password", staff=True, now=now)).token
    await reset_totp(person.id, now=now)
    assert await load_actor(token, now) is None
    second = await begin_totp(person.id, "wang.li", now=now)
    assert second.secret != first.secret
    assert await Credential.filter(person_id=person.id, ended_at=None).count() == 1
