"""By which ways a person is told, and when it may ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from lianxin.declarations.reach import Channel, MessageKind


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the county's clock in which nothing rings, over midnight or not. The same hour twice: none."""

    begin: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether this is one of them; the end is not."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


NIGHT: Final = Quiet(time(21), time(7))
"""What holds for whoever chose nothing: an elder who goes to bed with the hens is not woken by a receipt."""
NO_QUIET: Final = Quiet(time(0), time(0))


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person chose. `chosen` says yes or no for a channel; what is not in it is as the message itself says."""

    chosen: Mapping[str, bool]
    quiet: Quiet = NIGHT


def channels_of(kind: MessageKind, known: Mapping[str, Channel], reach: Reach) -> tuple[str, ...]:
    """The channels by which this person is told. A message for the account alone leaves the house by none."""
    if not kind.channels:
        return ()
    own = [name for name in kind.channels if reach.chosen.get(name, True)]
    added = [name for name in known if name not in kind.channels and reach.chosen.get(name, False)]
    return (*own, *added)


def due_at(now: datetime, kind: MessageKind, channel: Channel | None, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """When a delivery may leave: now, or when the quiet hours are over. Neither what is urgent nor a letter waits."""
    here = now.astimezone(zone)
    if kind.urgent or (channel is not None and not channel.rings) or not quiet.holds(here.time()):
        return now
    day = here.date() if here.time() < quiet.end else here.date() + timedelta(days=1)
    return datetime.combine(day, quiet.end, zone).astimezone(now.tzinfo)
