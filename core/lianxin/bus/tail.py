"""The one reader of events in a process, and the fan-out to its listeners."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from types import TracebackType

import structlog

from lianxin.bus.models import Event
from lianxin.bus.position import Position
from lianxin.bus.publishing import newest_id, off_publish, on_publish
from lianxin.bus.seen import RELOAD, EventSeen, seen
from lianxin.bus.subscriber import QUEUE_LENGTH, Subscriber

POLL_SECONDS = 0.25
PAUSE_SECONDS = 0.01
FAULT_SECONDS = 2.0
_log = structlog.get_logger("lianxin.bus")


class Tail:
    """`async with Tail() as tail:` one in a process that has listeners.

    Reads the table every quarter of a second, and at once after a commit of its own process; rests while nobody
    listens. A database that does not answer is asked again; its listeners stay.
    """

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        self._poll_seconds = poll_seconds
        self._subscribers: set[Subscriber] = set()
        self._position: Position | None = None
        self._beginning = asyncio.Lock()
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Tail:
        self._task = asyncio.create_task(self._run(), name="bus-tail")
        on_publish(self._awake.set)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        off_publish(self._awake.set)
        self.close_all()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def close_all(self) -> None:
        """Ends every listener's loop: the process is going down."""
        for subscriber in tuple(self._subscribers):
            subscriber.close()

    @property
    def listeners(self) -> int:
        """How many are listening now."""
        return len(self._subscribers)

    @asynccontextmanager
    async def subscribe(
        self, topics: Collection[str], since: int | None = None
    ) -> AsyncIterator[AsyncIterator[EventSeen]]:
        """The events of these topics after the id `since` (None: from now on), for as long as the block runs.

        An event of topic RELOAD says that something was missed, and is the last one.
        """
        subscriber = Subscriber(topics)
        self._subscribers.add(subscriber)
        try:
            position = await self._begun()
            self._awake.set()
            if since is not None:
                subscriber.replay(await _replay(subscriber.topics, since, position))
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)
            subscriber.close()

    async def _begun(self) -> Position:
        async with self._beginning:
            if self._position is None:
                position = Position()
                await position.begin(_tick())
                self._position = position
            return self._position

    async def _run(self) -> None:
        while True:
            await self._rest()
            try:
                await self._read_all()
            except Exception:
                _log.exception("bus_read_failed")
                await asyncio.sleep(FAULT_SECONDS)

    async def _rest(self) -> None:
        # The short pause lets a burst of commits be read at one go.
        await asyncio.sleep(PAUSE_SECONDS)
        if not self._subscribers:
            self._position = None
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll_seconds if self._subscribers else None):
                await self._awake.wait()
        self._awake.clear()

    async def _read_all(self) -> None:
        more = self._position is not None
        while more and self._position is not None:
            events, more = await self._position.read(_tick())
            for event in events:
                self._fan_out(event)

    def _fan_out(self, event: EventSeen) -> None:
        for subscriber in tuple(self._subscribers):
            if event.topic in subscriber.topics:
                subscriber.put(event)
                if subscriber.closed:
                    self._subscribers.discard(subscriber)


def _tick() -> float:
    return asyncio.get_running_loop().time()


async def _replay(topics: frozenset[str], since: int, position: Position) -> list[EventSeen]:
    """What a listener that was away since an id has missed; one reload marker if nobody can say any more."""
    oldest = await Event.all().order_by("id").only("id").first()
    newest = await newest_id()
    known = oldest.id - 1 <= since <= newest if oldest is not None else since == 0
    rows = await Event.filter(id__gt=since, topic__in=list(topics)).order_by("id").limit(QUEUE_LENGTH + 1)
    if not known or len(rows) > QUEUE_LENGTH:
        return [EventSeen(newest, RELOAD)]
    late = [event for event in position.late_after(since) if event.topic in topics]
    return late + [seen(row) for row in rows]
