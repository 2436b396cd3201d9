"""Events reach every listener: of this process, of another, late, after a break; or it is told to reload."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from lianxin.bus import RELOAD, Event, EventSeen, Tail, forget_old, newest_id, publish
from lianxin.bus.subscriber import QUEUE_LENGTH
from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite
from lianxin.data.unit import unit_of_work

pytestmark = pytest.mark.anyio
HANG = 30


@pytest.fixture
async def tail(database: Config) -> AsyncIterator[Tail]:
    """The reader of this process."""
    async with Tail() as running:
        yield running


async def say(topic: str, now: datetime, number: int = 0) -> None:
    async with unit_of_work():
        await publish(topic, ids={"number": str(number)}, now=now)


async def take(events: AsyncIterator[EventSeen], count: int) -> list[EventSeen]:
    async with asyncio.timeout(HANG):
        return [await anext(events) for _ in range(count)]


async def test_an_event_reaches_the_listeners_of_its_topic_only(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as first, tail.subscribe({"matter", "message"}) as second:
        await say("message", now, 1)
        await say("matter", now, 2)
        assert [event.ids["number"] for event in await take(first, 1)] == ["2"]
        assert [event.ids["number"] for event in await take(second, 2)] == ["1", "2"]


async def test_what_is_rolled_back_is_not_heard(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as events:
        with suppress(ZeroDivisionError):
            async with unit_of_work():
                await publish("matter", ids={"number": "1"}, now=now)
                raise ZeroDivisionError
        await say("matter", now, 2)
        assert (await take(events, 1))[0].ids == {"number": "2"}


async def test_outside_a_unit_of_work_nothing_is_published(database: Config, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        await publish("matter", ids={}, now=now)
    assert await Event.all().count() == 0


async def test_what_another_process_wrote_is_heard_without_a_wake_up(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as events:
        await Event.create(topic="matter", ids={"number": "7"}, at=now)
        assert (await take(events, 1))[0].ids == {"number": "7"}


async def test_an_id_that_is_committed_late_is_heard(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as events:
        start = await newest_id()
        await Event.create(id=start + 2, topic="matter", ids={}, at=now)
        assert [event.id for event in await take(events, 1)] == [start + 2]
        await Event.create(id=start + 1, topic="matter", ids={}, at=now)
        assert [event.id for event in await take(events, 1)] == [start + 1]
        async with tail.subscribe({"matter"}, since=start + 2) as again:
            # This one may have gone away before the late event came: it gets it once more.
            assert [event.id for event in await take(again, 1)] == [start + 1]


async def test_two_transactions_that_commit_in_the_other_order_are_both_heard(tail: Tail, now: datetime) -> None:
    if is_sqlite():
        pytest.skip("other engine: SQLite has one writer: ids are committed in their order")
    first_wrote, second_done = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with unit_of_work():
            await publish("matter", ids={"who": "slow"}, now=now)
            first_wrote.set()
            await second_done.wait()

    async with tail.subscribe({"matter"}) as events:
        slow_one = asyncio.create_task(slow())
        await first_wrote.wait()
        await say("matter", now, 2)
        assert (await take(events, 1))[0].ids == {"number": "2"}
        second_done.set()
        await slow_one
        assert (await take(events, 1))[0].ids == {"who": "slow"}


async def test_who_comes_back_gets_what_it_missed_and_then_what_comes(tail: Tail, now: datetime) -> None:
    await say("matter", now, 1)
    since = await newest_id()
    await say("matter", now, 2)
    await say("message", now, 3)
    await say("matter", now, 4)
    async with tail.subscribe({"matter"}, since=since) as events:
        await say("matter", now, 5)
        assert [event.ids["number"] for event in await take(events, 3)] == ["2", "4", "5"]


async def test_a_page_drawn_before_this_process_has_read_is_not_told_to_reload(database: Config, now: datetime) -> None:
    async with Tail(poll_seconds=HANG) as tail:
        async with tail.subscribe({"other"}):
            await Event.create(topic="matter", ids={"number": "1"}, at=now)
            async with tail.subscribe({"matter"}, since=await newest_id()) as events:
                await say("matter", now, 2)
                heard = [event.topic for event in await take(events, 1)]
                assert heard == ["matter"]


async def test_who_missed_what_is_forgotten_must_reload(tail: Tail, now: datetime) -> None:
    await say("matter", now - timedelta(hours=3), 1)
    since = await newest_id()
    await say("matter", now - timedelta(hours=2), 2)
    await say("matter", now, 3)
    assert await forget_old(now)
    assert [row.ids["number"] for row in await Event.all()] == ["3"]
    async with tail.subscribe({"matter"}, since=since) as events:
        assert [event.topic for event in await take(events, 1)] == [RELOAD]
        with pytest.raises(StopAsyncIteration):
            await take(events, 1)


async def test_an_id_of_another_database_must_reload(tail: Tail, now: datetime) -> None:
    await say("matter", now)
    async with tail.subscribe({"matter"}, since=await newest_id() + 1) as events:
        assert [event.topic for event in await take(events, 1)] == [RELOAD]


async def test_the_newest_event_is_kept_so_that_a_quiet_night_costs_no_reload(tail: Tail, now: datetime) -> None:
    await say("matter", now - timedelta(hours=9), 1)
    await forget_old(now)
    async with tail.subscribe({"matter"}, since=await newest_id()) as events:
        await say("matter", now, 2)
        assert (await take(events, 1))[0].ids == {"number": "2"}


async def test_who_missed_more_than_the_queue_holds_must_reload(tail: Tail, now: datetime) -> None:
    await say("matter", now)
    since = await newest_id()
    async with unit_of_work():
        for number in range(QUEUE_LENGTH + 1):
            await publish("matter", ids={"number": str(number)}, now=now)
    async with tail.subscribe({"matter"}, since=since) as events:
        assert (await take(events, 1))[0].topic == RELOAD


async def test_a_listener_that_does_not_read_is_told_to_reload_and_let_go(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as stuck, tail.subscribe({"last"}) as quick:
        async with unit_of_work():
            for number in range(QUEUE_LENGTH + 5):
                await publish("matter", ids={"number": str(number)}, now=now)
            await publish("last", ids={}, now=now)
        await take(quick, 1)
        assert tail.listeners == 1
        assert [event.topic for event in await take(stuck, 1)] == [RELOAD]
        with pytest.raises(StopAsyncIteration):
            await take(stuck, 1)


async def test_five_hundred_listeners_hear_one_message(tail: Tail, now: datetime) -> None:
    heard = 0

    async def listen(ready: asyncio.Semaphore) -> None:
        nonlocal heard
        async with tail.subscribe({"matter"}) as events:
            ready.release()
            await take(events, 1)
            heard += 1

    ready = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(listen(ready)) for _ in range(500)]
    for _ in tasks:
        await ready.acquire()
    await say("matter", now)
    await asyncio.gather(*tasks)
    assert heard == 500
    assert tail.listeners == 0


async def test_at_the_end_of_the_process_every_listener_is_let_go(database: Config) -> None:
    async with Tail() as tail:
        async with tail.subscribe({"matter"}) as events:
            tail.close_all()
            with pytest.raises(StopAsyncIteration):
                await take(events, 1)


async def test_a_database_that_does_not_answer_is_asked_again(tail: Tail, now: datetime) -> None:
    async with tail.subscribe({"matter"}) as events:
        await connection().execute_script("ALTER TABLE event RENAME TO event_away")
        await asyncio.sleep(0.5)
        await connection().execute_script("ALTER TABLE event_away RENAME TO event")
        await say("matter", now, 1)
        assert (await take(events, 1))[0].ids == {"number": "1"}
