"""Floods of guesses: defence.md B6 (who still gets in), B7 (the same path), B8 (two hashes at once)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from lianxin.access import hashing, passwords
from lianxin.access.devices import know_device
from lianxin.access.limits import (
    ADDRESS_TRIES,
    Admitted,
    Allowance,
    TooManyTries,
    Try,
    address_key,
    attempt_key,
    forget_attempts,
    use_up,
)
from lianxin.access.models import Attempt, Credential
from lianxin.access.passwords import PasswordHeld, check_password, set_password
from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.unit import AlreadyDone, RequestKey, request_key, unit_of_work
from lianxin.declarations import Refused
from tests.core.access.conftest import counted_queries, make_person

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)
GOOD = "four words that fit"


class CountingHasher(PasswordHasher):
    """Argon2 with cheap parameters, which counts what it does and how much of it at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked = 0
        self.most = 0
        self._running = 0
        self._lock = threading.Lock()

    def verify(self, *args: Any) -> Any:
        """Counts, and stays long enough for others to come in if they may."""
        with self._lock:
            self.checked += 1
            self._running += 1
            self.most = max(self.most, self._running)
        try:
            time.sleep(0.002)
            return super().verify(*args)
        finally:
            with self._lock:
                self._running -= 1


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    """Counts the hashes of this test."""
    hasher = CountingHasher()
    monkeypatch.setattr(hashing, "HASHER", hasher)
    monkeypatch.setattr(passwords, "NOBODY", hasher.hash("nobody"))
    return hasher


async def outcome(login: str, password: str, now: datetime, **more: Any) -> str:
    """What a try came to: "in", or the code of its refusal."""
    try:
        held = await check_password(login, password, now=now, **more)
    except Refused as refused:
        return refused.code
    assert isinstance(held, PasswordHeld)
    return "in"


async def make_staff(now: datetime, login: str = "wang.li") -> UUID:
    """Somebody with a password."""
    person = await make_person(now)
    await set_password(person.id, login, GOOD, now=now)
    return person.id


async def test_a_thousand_guesses_at_one_account(database: Config, now: datetime, hasher: CountingHasher) -> None:
    person_id = await make_staff(now)
    device = await know_device(person_id, "", now=now)
    answers = await asyncio.gather(*(outcome("wang.li", f"guess {n}", now, address="1.2.3.4") for n in range(1000)))
    assert Counter(answers) == {"access.wrong_password": 10, "access.too_many_tries": 990}
    assert hasher.checked == 10
    assert await outcome("wang.li", GOOD, now, address="9.9.9.9") == "access.too_many_tries"
    assert await outcome("Wang.Li", GOOD, now, device_token=device) == "in"
    assert await outcome("wang.li", GOOD, now, device_token="x" * 43) == "access.too_many_tries"
    assert await outcome("wang.li", GOOD, now + 31 * MINUTE, address="9.9.9.9") == "in"


async def test_one_guess_at_each_of_a_thousand_accounts(
    database: Config, now: datetime, hasher: CountingHasher
) -> None:
    await make_staff(now)
    answers = await asyncio.gather(*(outcome(f"name{n}", "guess", now, address="1.2.3.4") for n in range(1000)))
    assert Counter(answers) == {"access.wrong_password": 300, "access.too_many_tries": 700}
    assert await outcome("wang.li", GOOD, now, address="1.2.3.4") == "access.too_many_tries"
    assert await outcome("wang.li", GOOD, now, address="1.2.3.4", trusted_addresses=("1.2.3.4",)) == "in"
    assert await outcome("wang.li", GOOD, now, address="1.2.3.5") == "in"


async def test_a_known_device_has_ten_tries_of_its_own(database: Config, now: datetime, hasher: CountingHasher) -> None:
    device = await know_device(await make_staff(now), "", now=now)
    answers = [await outcome("wang.li", "guess", now, device_token=device) for _ in range(12)]
    assert Counter(answers) == {"access.wrong_password": 10, "access.too_many_tries": 2}
    assert await outcome("wang.li", GOOD, now, device_token="") == "in"


async def test_right_passwords_use_nothing_up(database: Config, now: datetime, hasher: CountingHasher) -> None:
    await make_staff(now)
    assert {await outcome("wang.li", GOOD, now, address="1.2.3.4") for _ in range(12)} == {"in"}
    assert await Attempt.all().count() == 0


async def test_the_owner_is_warned_once(database: Config, now: datetime, hasher: CountingHasher) -> None:
    person_id = await make_staff(now)
    for _ in range(10):
        await outcome("wang.li", "guess", now)
    warned = []
    for _ in range(4):
        with pytest.raises(TooManyTries) as refused:
            await check_password("wang.li", "guess", now=now)
        warned.append(refused.value.owner_id)
    assert warned == [person_id, None, None, None]
    assert (refused.value.status, refused.value.wait) == (429, 1800)
    assert "30" in refused.value.sentence()


async def test_what_was_counted_survives_a_restart(site_config: Config, now: datetime, hasher: CountingHasher) -> None:
    async with open_database(site_config):
        await make_staff(now)
        for _ in range(10):
            await outcome("wang.li", "guess", now)
    async with open_database(site_config):
        assert await outcome("wang.li", GOOD, now + MINUTE) == "access.too_many_tries"


async def test_known_and_unknown_names_take_the_same_path(
    database: Config, now: datetime, hasher: CountingHasher
) -> None:
    await make_staff(now)
    paths = []
    for login in ("wang.li", "nobody.here"):
        answers = []
        before = hasher.checked
        with counted_queries() as queries:
            for _ in range(12):
                started = len(queries)
                answers.append((await outcome(login, "guess", now, address="1.2.3.4"), len(queries) - started))
        paths.append((answers, hasher.checked - before))
    assert paths[0] == paths[1]
    assert paths[0][1] == 10


async def test_two_hashes_at_once_and_no_more(database: Config, now: datetime, hasher: CountingHasher) -> None:
    await make_staff(now)
    await asyncio.gather(*(outcome(f"name{n}", "guess", now) for n in range(200)))
    assert hasher.checked == 200
    assert hasher.most == 2


def test_a_hash_takes_nineteen_mebibytes() -> None:
    parameters = (hashing.HASHER.memory_cost, hashing.HASHER.time_cost, hashing.HASHER.parallelism)
    assert parameters == (19 * 1024, 2, 1)
    assert hashing.NOBODY.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_a_check_inside_a_unit_of_work_is_a_fault(database: Config, now: datetime) -> None:
    async with unit_of_work():
        with pytest.raises(RuntimeError, match="count back"):
            await check_password("wang.li", GOOD, now=now)


async def test_a_wrong_try_leaves_the_key_of_its_form_free(
    database: Config, now: datetime, hasher: CountingHasher
) -> None:
    await make_staff(now)
    for password, expected in (("guess", "access.wrong_password"), (GOOD, "in")):
        token = request_key.set(RequestKey("key", "anybody", "account:sign_in", password, now))
        assert await outcome("wang.li", password, now) == expected
        if expected == "in":
            async with unit_of_work() as unit:
                await unit.leads_to("/desk/")
        request_key.reset(token)
    token = request_key.set(RequestKey("key", "anybody", "account:sign_in", GOOD, now))
    with pytest.raises(AlreadyDone) as done:
        await check_password("wang.li", GOOD, now=now)
    request_key.reset(token)
    assert (done.value.location, done.value.same) == ("/desk/", True)
    assert hasher.checked == 2


async def test_all_allowances_have_room_or_nothing_is_counted(database: Config, now: datetime) -> None:
    narrow, wide = (Allowance(1, MINUTE),), (Allowance(9, MINUTE),)
    assert isinstance(await use_up([Try("a", "1", wide), Try("b", "1", narrow)], now=now), Admitted)
    assert await use_up([Try("a", "1", wide), Try("b", "1", narrow)], now=now + MINUTE / 2) == MINUTE / 2
    assert await Attempt.filter(kind="a").count() == 1
    assert isinstance(await use_up([Try("b", "2", narrow)], now=now), Admitted)
    assert isinstance(await use_up([Try("b", "1", narrow)], now=now + MINUTE), Admitted)


async def test_attempts_are_forgotten_after_a_day(database: Config, now: datetime) -> None:
    await use_up([Try("a", "1", ADDRESS_TRIES)], now=now - timedelta(days=2))
    await use_up([Try("a", "1", ADDRESS_TRIES)], now=now)
    await forget_attempts(now)
    assert [row.at for row in await Attempt.all()] == [now]


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_a_household_has_one_key(address: Any, host: int) -> None:
    neighbour = type(address)(int(address) >> 64 << 64 | host)
    assert address_key(str(address)) == address_key(str(neighbour))


def test_keys_tell_nothing() -> None:
    assert "1.2.3.4" not in address_key("1.2.3.4")
    assert address_key("1.2.3.4") != address_key("1.2.3.5")
    assert address_key("testclient") == attempt_key("testclient")


async def test_no_password_is_stored(database: Config, now: datetime, hasher: CountingHasher) -> None:
    await make_staff(now)
    row = await Credential.get(identifier="wang.li")
    assert row.secret_hash.startswith("$argon2id$")
    assert GOOD not in row.secret_hash
