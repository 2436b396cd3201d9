"""Questions that plugins may refuse, and what happened that they may hear of.

`ask` runs `Before` listeners inside the transaction. `happened` runs `After` listeners when it is safe on disk: each
alone, or as a job of its own that survives a crash.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from pydantic import TypeAdapter

from lianxin.data.jobs import enqueue
from lianxin.data.unit import current_unit
from lianxin.declarations.meeting import After, Before, Listener
from lianxin.declarations.operation import Job
from lianxin.declarations.refusal import Refused

DURABLE_JOB = "events.listener"
_log = structlog.get_logger("lianxin.events")
_before: dict[type, list[tuple[str, Before]]] = {}
_after: dict[type, list[tuple[str, After]]] = {}


def use_listeners(listeners: Iterable[tuple[str, Listener]]) -> None:
    """Makes these (owner, listener) pairs the listeners of the process, heard in this order.

    Raises ValueError for a durable listener whose event can't be written down and read again.
    """
    _before.clear()
    _after.clear()
    for owner, listener in listeners:
        if isinstance(listener, Before):
            _before.setdefault(listener.event, []).append((owner, listener))
            continue
        if listener.durable:
            check_durable(owner, listener)
        _after.setdefault(listener.event, []).append((owner, listener))


async def ask(event: object) -> None:
    """Puts the question to its listeners, in the current unit of work.

    A listener's `Refused` is the answer no. Any other fault of a listener is logged with its owner's name and raised:
    the action is rolled back, since a rule that could not be asked was not kept.
    """
    current_unit()
    for owner, listener in _before.get(type(event), ()):
        try:
            await listener.listen(event)
        except Refused:
            raise
        except Exception:
            _log.exception(
                "before_listener_failed", owner=owner, listener=_name(listener), event_type=_type_name(event)
            )
            raise


async def happened(event: object, *, now: datetime) -> None:
    """Tells the listeners after the commit of the current unit of work; durable ones by a job that belongs to it."""
    unit = current_unit()
    for owner, listener in _after.get(type(event), ()):
        if listener.durable:
            await _enqueue(owner, listener, event, now)
        else:
            unit.after_commit(_Call(owner, listener, event))


class _Call:
    """One listener's turn after the commit. Its fault is logged and stops nobody else."""

    def __init__(self, owner: str, listener: After, event: object) -> None:
        self._owner, self._listener, self._event = owner, listener, event

    async def __call__(self) -> None:
        try:
            await self._listener.listen(self._event)
        except Exception:
            _log.exception(
                "after_listener_failed",
                owner=self._owner,
                listener=_name(self._listener),
                told=_type_name(self._event),
            )


async def _enqueue(owner: str, listener: After, event: object, now: datetime) -> None:
    event_type: Any = type(event)
    written = _adapter(event_type).dump_python(event, mode="json")
    payload = {"owner": owner, "listener": _name(listener), "event": written}
    await enqueue(DURABLE_JOB, payload, due_at=now)


async def run_durable(payload: dict[str, Any]) -> None:
    """The job of one durable listener. It may run more than once for one event.

    Raises LookupError when the listener is gone (its plugin is switched off, or has changed its name): the job then
    waits for its next attempt, and at last lies with the dead ones, where an administrator sees it.
    """
    owner, name = payload["owner"], payload["listener"]
    for event_type, listeners in _after.items():
        for its_owner, listener in listeners:
            if (its_owner, _name(listener), listener.durable) == (owner, name, True):
                await listener.listen(_adapter(event_type).validate_python(payload["event"]))
                return
    raise LookupError(f"plugin {owner} has no durable listener {name} now")


LISTENER_JOB = Job(DURABLE_JOB, run_durable)


@cache
def _adapter(event_type: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(event_type)


def check_durable(owner: str, listener: After) -> None:
    """Raises ValueError when what a durable listener hears can't be kept as JSON until it runs."""
    try:
        _adapter(listener.event)
    except Exception as fault:
        raise ValueError(
            f"plugin {owner}: the durable listener {_name(listener)} hears {listener.event.__qualname__}, which can't "
            f"be kept as JSON: {fault}. Use a dataclass of ids, texts, numbers and times."
        ) from fault


def _name(listener: Listener) -> str:
    listen = listener.listen
    where = f"{listener.event.__module__}.{listener.event.__qualname__}"
    return f"{where} -> {getattr(listen, '__module__', '?')}.{getattr(listen, '__qualname__', repr(listen))}"


def _type_name(event: object) -> str:
    return type(event).__qualname__
