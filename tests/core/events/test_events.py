"""Listeners: questions refused inside the transaction, news after it, each alone, durable ones by a job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from lianxin.bus import Event, publish
from lianxin.config import Config
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.declarations import After, Before, Refused
from lianxin.events import ask, happened, run_durable, use_listeners
from lianxin.values.identifiers import uuid7

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class BookingAsked:
    """May this be booked?"""

    room: str


@dataclass(frozen=True)
class Span:
    """Part of an event."""

    start: datetime
    day: date


@dataclass(frozen=True)
class BookingMade:
    """It is booked."""

    id: UUID
    room: str
    span: Span
    people: tuple[int, ...] = ()
    note: str | None = None


@pytest.fixture(autouse=True)
def no_listeners() -> Iterator[None]:
    """Nothing stays registered."""
    yield
    use_listeners([])


def made(room: str = "小会议室") -> BookingMade:
    span = Span(datetime(2026, 11, 24, 2, tzinfo=UTC), date(2026, 11, 24))
    return BookingMade(uuid7(), room, span, (3, 4))


async def book(now: datetime) -> None:
    """An action: writes, asks."""
    async with unit_of_work():
        await publish("booking", ids={}, now=now)
        await ask(BookingAsked("小会议室"))


async def test_a_refusal_undoes_the_action(database: Config, now: datetime) -> None:
    async def refuse(asked: BookingAsked) -> None:
        raise Refused("spaces.closed", "Closed")

    use_listeners([("stations", Before(BookingAsked, refuse))])
    with pytest.raises(Refused, match=r"spaces\.closed"):
        await book(now)
    assert await Event.all().count() == 0


async def test_a_fault_of_a_before_listener_undoes_the_action_and_names_the_plugin(
    database: Config, now: datetime
) -> None:
    async def fail(asked: BookingAsked) -> None:
        raise ZeroDivisionError

    use_listeners([("stations", Before(BookingAsked, fail))])
    with capture_logs() as logs, pytest.raises(ZeroDivisionError):
        await book(now)
    assert [line["owner"] for line in logs if line["event"] == "before_listener_failed"] == ["stations"]
    assert await Event.all().count() == 0


async def test_before_listeners_write_in_the_same_transaction(database: Config, now: datetime) -> None:
    async def note(asked: BookingAsked) -> None:
        await publish("asked", ids={"room": asked.room}, now=now)

    use_listeners([("stations", Before(BookingAsked, note))])
    with suppress(ZeroDivisionError):
        async with unit_of_work():
            await ask(BookingAsked("小会议室"))
            raise ZeroDivisionError
    assert await Event.all().count() == 0
    async with unit_of_work():
        await ask(BookingAsked("小会议室"))
    assert [row.ids for row in await Event.all()] == [{"room": "小会议室"}]


async def test_questions_and_news_need_a_unit_of_work(database: Config, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        await ask(BookingAsked("小会议室"))
    with pytest.raises(RuntimeError):
        await happened(made(), now=now)


async def test_after_listeners_hear_only_what_was_committed_and_each_alone(database: Config, now: datetime) -> None:
    heard: list[str] = []

    async def fail(news: BookingMade) -> None:
        raise Refused("too.late", "Too late")

    async def hear(news: BookingMade) -> None:
        async with unit_of_work():
            await publish("heard", ids={"room": news.room}, now=now)
        heard.append(news.room)

    use_listeners([("first", After(BookingMade, fail)), ("second", After(BookingMade, hear))])
    with suppress(ZeroDivisionError):
        async with unit_of_work():
            await happened(made("undone"), now=now)
            raise ZeroDivisionError
    with capture_logs() as logs:
        async with unit_of_work():
            await happened(made("done"), now=now)
            assert heard == []
    assert heard == ["done"]
    assert [line["owner"] for line in logs if line["event"] == "after_listener_failed"] == ["first"]
    assert [row.ids for row in await Event.all()] == [{"room": "done"}]


async def test_only_listeners_of_this_very_event_hear_it(database: Config, now: datetime) -> None:
    heard: list[object] = []

    async def hear(news: BookingAsked) -> None:
        heard.append(news)

    use_listeners([("first", After(BookingAsked, hear)), ("first", Before(BookingMade, hear))])
    async with unit_of_work():
        await happened(made(), now=now)
        await ask(BookingAsked("小会议室"))
    assert heard == []


durably_heard: list[BookingMade] = []


async def hear_durably(news: BookingMade) -> None:
    """A durable listener: found again by its name."""
    durably_heard.append(news)


async def test_a_durable_listener_is_a_job_of_the_same_transaction(database: Config, now: datetime) -> None:
    durably_heard.clear()
    use_listeners([("figures", After(BookingMade, hear_durably, durable=True))])
    with suppress(ZeroDivisionError):
        async with unit_of_work():
            await happened(made(), now=now)
            raise ZeroDivisionError
    assert await Job.all().count() == 0
    news = made()
    async with unit_of_work():
        await happened(news, now=now)
    assert durably_heard == []
    job = await Job.get()
    assert (job.name, job.due_at) == ("events.listener", now)
    await run_durable(job.payload)
    assert durably_heard == [news]


async def test_a_durable_listener_that_is_gone_keeps_its_job(database: Config, now: datetime) -> None:
    use_listeners([("figures", After(BookingMade, hear_durably, durable=True))])
    async with unit_of_work():
        await happened(made(), now=now)
    use_listeners([])
    with pytest.raises(LookupError, match="figures"):
        await run_durable((await Job.get()).payload)


def test_a_durable_listener_of_an_event_that_cannot_be_kept_is_found_at_start() -> None:
    class Live:
        """Not a dataclass."""

    with pytest.raises(ValueError, match=r"plugin figures: .*Live"):
        use_listeners([("figures", After(Live, hear_durably, durable=True))])
