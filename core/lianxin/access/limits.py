"""How often something may be tried: counted in the database, so that every process agrees and no restart forgets.

The numbers are of defence.md B6. A refusal is answered at once (429), never slept; nobody is locked out for good.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from math import ceil
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

from lianxin.access.models import Attempt
from lianxin.data.locks import hold, inside_unit
from lianxin.data.models import RequestSeen
from lianxin.data.unit import request_key, unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import N_

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

FORGET_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `times` within `span`. Spans reach both ways, because clocks of two processes differ a little."""

    times: int
    span: timedelta


HALF_HOUR: Final = timedelta(minutes=30)
TEN_TRIES: Final = (Allowance(10, HALF_HOUR),)
ADDRESS_TRIES: Final = (Allowance(300, HALF_HOUR),)
CODE_SENDING: Final = (Allowance(1, timedelta(minutes=1)), Allowance(5, timedelta(hours=1)))
FACT_TRIES: Final = (Allowance(5, timedelta(hours=1)),)
ONE_WARNING: Final = (Allowance(1, HALF_HOUR),)


class TooManyTries(Refused):
    """Too often: `wait` seconds until the next try counts. `owner_id` is whom to warn, once in half an hour."""

    def __init__(self, wait: timedelta, *, owner_id: UUID | None = None) -> None:
        seconds = max(1, ceil(wait.total_seconds()))
        super().__init__(
            "access.too_many_tries",
            N_("Too many tries. Please wait %(minutes)s minutes and try again, or call the station."),
            status=429,
            minutes=ceil(seconds / 60),
            wait=seconds,
        )
        self.wait = seconds
        self.owner_id = owner_id


@dataclass(frozen=True, slots=True)
class Admitted:
    """Rows of what was let through; `take_back` removes them when the try was right."""

    ids: tuple[UUID, ...]


def counted_apart(check: Callable[Asked, Awaitable[Answer]]) -> Callable[Asked, Awaitable[Answer]]:
    """For checks whose wrong tries must stay counted though their request fails.

    They refuse to run inside unit_of_work() (RuntimeError), which a refusal would undo. They leave the key of the form
    alone, so that after "wrong" one can go back, correct and send the same page; a replay of a form that was done
    raises AlreadyDone as any other.
    """

    @wraps(check)
    async def alone(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if inside_unit():
            raise RuntimeError(f"{check.__name__} inside unit_of_work(): a refusal would take the count back")
        key = request_key.get()
        if key is not None and not key.claimed and await RequestSeen.filter(key=key.key).exists():
            async with unit_of_work():
                pass
        token = request_key.set(None)
        try:
            return await check(*args, **kwargs)
        finally:
            request_key.reset(token)

    return alone


def attempt_key(text: str) -> str:
    """What is stored of whom a try was against."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def address_key(address: str) -> str:
    """One key a household: of IPv6 the first 64 bits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return attempt_key(address)
    if parsed.version == 6:
        return attempt_key(str(ipaddress.ip_network((parsed, 64), strict=False)))
    return attempt_key(str(parsed))


@dataclass(frozen=True, slots=True)
class Try:
    """Something tried: of a kind, against a key, as often as all its allowances have room."""

    kind: str
    key: str
    allowances: tuple[Allowance, ...]


async def use_up(tries: Iterable[Try], *, now: datetime) -> Admitted | timedelta:
    """Counts all of these if each has room, in one step for all processes; else how long to wait.

    What is refused is not counted and writes nothing: a flood neither prolongs the wait nor fills the table.
    """
    wanted = sorted(tries, key=lambda each: (each.kind, each.key))
    rows = [Attempt(kind=each.kind, key=each.key, at=now) for each in wanted]
    async with unit_of_work():
        for each in wanted:
            await hold("attempt", each.kind, each.key)
        ends = [await _full_until(each, allowance, now) for each in wanted for allowance in each.allowances]
        full = [end for end in ends if end is not None]
        if full:
            return max(full) - now
        await Attempt.bulk_create(rows)
    return Admitted(tuple(row.id for row in rows))


async def _full_until(tried: Try, allowance: Allowance, now: datetime) -> datetime | None:
    span = allowance.span
    near = Attempt.filter(kind=tried.kind, key=tried.key, at__gt=now - span, at__lt=now + span)
    latest = await near.order_by("-at").limit(allowance.times).values_list("at", flat=True)
    if len(latest) < allowance.times:
        return None
    oldest: datetime = latest[-1]  # type: ignore[assignment]
    return oldest + span


async def take_back(admitted: Admitted) -> None:
    """A try that was right counts against nobody."""
    async with unit_of_work():
        await Attempt.filter(id__in=admitted.ids).delete()


async def forget_attempts(now: datetime) -> None:
    """Removes what no allowance looks at any more: the body of an hourly job."""
    async with unit_of_work():
        await Attempt.filter(at__lt=now - FORGET_AFTER).delete()
