"""One listener: a bounded queue, so that nobody who reads slowly makes the process grow."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Iterable

from lianxin.bus.seen import RELOAD, EventSeen

QUEUE_LENGTH = 100


class Subscriber:
    """Gets the events of its topics, until it is closed or falls more than a hundred behind."""

    def __init__(self, topics: Collection[str]) -> None:
        self.topics = frozenset(topics)
        self.closed = False
        self._replayed: deque[EventSeen] = deque()
        self._known: set[int] = set()
        self._queue: asyncio.Queue[EventSeen | None] = asyncio.Queue(QUEUE_LENGTH + 2)

    def put(self, event: EventSeen) -> None:
        """Hands over an event; a queue that is full is emptied, and its listener told to reload."""
        if self.closed:
            return
        if self._queue.qsize() >= QUEUE_LENGTH:
            self._empty()
            self._queue.put_nowait(EventSeen(event.id, RELOAD))
            self.close()
            return
        self._queue.put_nowait(event)

    def close(self) -> None:
        """Ends the listener's loop after what is still in the queue."""
        if not self.closed:
            self.closed = True
            self._queue.put_nowait(None)

    def _empty(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()

    def replay(self, events: Iterable[EventSeen]) -> None:
        """What comes before all that was put; the same events are not given again."""
        self._replayed = deque(events)
        self._known = {event.id for event in self._replayed}
        if any(event.topic == RELOAD for event in self._replayed):
            self._empty()
            self.close()

    def __aiter__(self) -> Subscriber:
        return self

    async def __anext__(self) -> EventSeen:
        if self._replayed:
            return self._replayed.popleft()
        while (coming := await self._queue.get()) is not None:
            if coming.topic == RELOAD or coming.id not in self._known:
                return coming
        self._queue.put_nowait(None)
        raise StopAsyncIteration
