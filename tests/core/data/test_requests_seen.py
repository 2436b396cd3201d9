"""Sent twice, done once."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import datetime

import pytest

from lianxin.config import Config
from lianxin.data.models import RequestSeen
from lianxin.data.unit import AlreadyDone, RequestKey, remember_location, request_key, unit_of_work
from tests.core.data.rows import count, put

pytestmark = pytest.mark.anyio


class Broken(Exception):
    """The handler's own fault."""


async def send(box: str, key: str, now: datetime, *, body: str = "b", session: str = "s", fail: bool = False) -> str:
    """One request with a key, in a task of its own as a server has it. Answers where it leads."""

    async def handle() -> str:
        request_key.set(RequestKey(key, session, "spaces:book", body, now))
        try:
            async with unit_of_work():
                await put(box, key)
                if fail:
                    raise Broken
            await remember_location(f"/m/{key}")
        except AlreadyDone as done:
            return f"again {done.same} {done.location}"
        return f"/m/{key}"

    return await asyncio.create_task(handle())


async def test_a_replay_is_led_to_the_same_place(box: str, now: datetime) -> None:
    assert await send(box, "k", now) == "/m/k"
    assert await send(box, "k", now) == "again True /m/k"
    assert await count(box) == 1


async def test_the_key_with_another_body_or_of_another_session_is_no_replay(box: str, now: datetime) -> None:
    await send(box, "k", now)
    assert await send(box, "k", now, body="other") == "again False /m/k"
    assert await send(box, "k", now, session="other") == "again False /m/k"
    assert await count(box) == 1


async def test_a_request_that_failed_may_be_sent_again(box: str, now: datetime) -> None:
    with suppress(Broken):
        await send(box, "k", now, fail=True)
    assert await RequestSeen.all().count() == 0
    assert await send(box, "k", now) == "/m/k"


async def test_the_second_unit_of_a_request_takes_the_key_when_the_first_was_rolled_back(
    box: str, now: datetime
) -> None:
    async def handle() -> None:
        request_key.set(RequestKey("k", "s", "spaces:book", "b", now))
        with suppress(Broken):
            async with unit_of_work():
                raise Broken
        async with unit_of_work() as unit:
            await put(box, "k")
            await unit.leads_to("/there")

    await asyncio.create_task(handle())
    assert (await RequestSeen.get(key="k")).location == "/there"
    assert await send(box, "k", now) == "again True /there"


async def test_further_units_of_one_request_are_not_replays_of_the_first(box: str, now: datetime) -> None:
    async def handle() -> None:
        request_key.set(RequestKey("k", "s", "spaces:book", "b", now))
        for number in range(3):
            async with unit_of_work():
                await put(box, f"row {number}")

    await asyncio.create_task(handle())
    assert await count(box) == 3


async def test_without_a_key_nothing_is_kept(box: str, database: Config) -> None:
    async with unit_of_work():
        await put(box, "k")
    assert await RequestSeen.all().count() == 0


@pytest.mark.fault
async def test_a_thousand_requests_each_sent_three_times(box: str, now: datetime) -> None:
    """A5: 1,000 requests, each sent 3 times at once or late, a third of them lost on the way: each done once."""
    chance = random.Random(5)
    sent: Counter[str] = Counter()

    async def one(key: str, late: float, lost: bool) -> None:
        await asyncio.sleep(late)
        sending = asyncio.create_task(send(box, key, now))
        if lost:
            await asyncio.sleep(late / 4)
            sending.cancel()
        with suppress(asyncio.CancelledError):
            answer = await sending
            assert answer in (f"/m/{key}", f"again True /m/{key}", "again True ")
            sent[key] += 1

    for start in range(0, 1000, 50):
        keys = [f"k{number}" for number in range(start, start + 50)]
        await asyncio.gather(
            *(
                one(key, chance.uniform(0, 0.02), lost=copy > 0 and chance.random() < 0.5)
                for key in keys
                for copy in range(3)
            )
        )
    assert len(sent) == 1000
    assert await count(box) == 1000
    assert await RequestSeen.all().count() == 1000
