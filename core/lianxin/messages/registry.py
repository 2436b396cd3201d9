"""The kinds of messages and the channels of this process, handed over once at start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lianxin.declarations.reach import Channel, MessageKind
from lianxin.i18n import DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class OutgoingRules:
    """What deliveries need to know of the site. `base_url` goes before a message's path, without a slash at its end.

    In a demo nothing leaves the house, and what would have been sent can be read. `clock` tells the deliveries, which
    run as jobs, what time it is, and `zone` what time of day.
    """

    base_url: str = ""
    demo: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    zone: ZoneInfo = DEFAULT_ZONE


_channels: dict[str, tuple[str, Channel]] = {}
_kinds: dict[str, tuple[str, MessageKind]] = {}
_rules = OutgoingRules()


def use_channels(channels: Iterable[tuple[str, Channel]]) -> None:
    """Makes these (owner, channel) pairs the channels of the process."""
    _channels.clear()
    _channels.update({channel.name: (owner, channel) for owner, channel in channels})


def use_message_kinds(kinds: Iterable[tuple[str, MessageKind]]) -> None:
    """Makes these (owner, kind) pairs the kinds of messages of the process."""
    _kinds.clear()
    _kinds.update({kind.name: (owner, kind) for owner, kind in kinds})


def use_outgoing(rules: OutgoingRules) -> None:
    """Sets what deliveries need to know of the site."""
    global _rules
    _rules = rules


def find_channel(name: str) -> tuple[str, Channel] | None:
    """Owner and channel of that name, or None when no plugin that is on has it."""
    return _channels.get(name)


def list_channels() -> dict[str, Channel]:
    """All that are there, by name."""
    return {name: channel for name, (_, channel) in _channels.items()}


def find_kind(name: str) -> MessageKind | None:
    """The kind of that name, or None when no plugin that is on has it."""
    found = _kinds.get(name)
    return found[1] if found else None


def outgoing() -> OutgoingRules:
    """What deliveries need to know of the site."""
    return _rules
