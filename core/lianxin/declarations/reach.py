"""Ways to reach a person, what to say, and ways for a person to prove who she is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class MessageKind:
    """What is said at one moment: rendered in the reader's language when read or sent.

    `title` and `body` are lazy, with `%(name)s` places that the message's own parameters fill. `channels` names those
    used beside the in-app one, unless the person chose otherwise. What is `urgent` is sent at night too.
    """

    name: str
    title: object
    body: object
    channels: tuple[str, ...] = ("sms",)
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a person. `send(address, text, key)` returns the provider's id or raises; it is called by a job.

    `address(person_id)` gives where to send to, or None when this person can't be reached so.
    `key` is the same for every retry of one delivery, so a provider can drop doubles. What `rings` waits for the
    morning.
    """

    name: str
    title: object
    address: Callable[[Any], Awaitable[str | None]]
    send: Callable[[str, str, str], Awaitable[str]]
    rings: bool = True


@dataclass(frozen=True, slots=True)
class SignInMethod:
    """A way to prove who one is, shown on the sign-in page. `staff` methods alone make grants count."""

    name: str
    title: object
    route: str
    icon: str
    staff: bool = False
    weight: int = 50
