"""The three ways in which plugins meet: events, services, slots."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Before:
    """Hears a question (`BookingAsked`) inside the transaction and may raise `Refused`."""

    event: type
    listen: Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class After:
    """Hears what happened (`BookingMade`) after commit, alone; `durable` makes a job of it that survives a crash."""

    event: type
    listen: Callable[[Any], Awaitable[None]]
    durable: bool = False


Listener = Before | After


@dataclass(frozen=True, slots=True)
class Service:
    """`provider` fulfils `protocol`; found by `services.find(protocol)`."""

    protocol: type
    provider: object


@dataclass(frozen=True, slots=True)
class Slot:
    """A small named place in a page, named by the page's dataclass or a fixed name ("portal.home")."""

    name: str
    title: object


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills a slot: `fill(visit, page)` returns a dataclass that `template` draws, or None for nothing.

    It runs in a task of its own, is abandoned past its time budget and left out when it fails.
    """

    slot: str
    fill: Callable[[Any, Any], Awaitable[Any]]
    template: str
    weight: int = 50
