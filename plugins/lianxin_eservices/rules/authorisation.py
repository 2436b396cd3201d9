"""Who may act for whom: the one place that answers it, and the text by which it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from lianxin.api import N_
from lianxin_eservices.rules.days import COUNTY_ZONE
from lianxin_eservices.rules.plain import Text

VERSION: Final = "1"
LONGEST_DAYS: Final = 366
RELATIONSHIPS: Final = {
    "family": N_("Family"),
    "neighbour": N_("Neighbour"),
    "grid_worker": N_("Grid worker"),
    "staff": N_("Staff of the community"),
    "other": N_("Somebody else I trust"),
}
METHODS: Final = {
    "code": N_("by a code to her or his phone"),
    "signature": N_("signed on the screen"),
    "paper": N_("signed on paper"),
}


@dataclass(frozen=True, slots=True)
class Leave:
    """That `proxy_id` may act for `person_id` within these bounds. `items` empty: for all."""

    id: UUID
    person_id: UUID
    proxy_id: UUID
    items: tuple[str, ...]
    relationship: str
    method: str
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    def in_force(self, now: datetime) -> bool:
        """Begun, neither run out nor taken back."""
        return self.ended_at is None and self.starts_at <= now < self.ends_at


def last_moment(now: datetime, days: int) -> datetime:
    """The end of the day that lies so many days ahead: the midnight after it, where the county is."""
    here = now.astimezone(COUNTY_ZONE)
    return datetime.combine(here.date() + timedelta(days=days + 1), time(), COUNTY_ZONE).astimezone(now.tzinfo)


def may_act(
    leave: Leave, *, proxy_id: UUID | None, person_id: UUID, item: str, proxy_allowed: bool, now: datetime
) -> bool:
    """Whether by this leave the proxy may act for the person in this item now.

    `proxy_allowed` is the item's own word: for some, everybody has to come herself.
    """
    between = proxy_id is not None and (leave.proxy_id, leave.person_id) == (proxy_id, person_id)
    return between and proxy_allowed and leave.in_force(now) and (not leave.items or item in leave.items)


def leave_for(
    leaves: Iterable[Leave], *, proxy_id: UUID | None, person_id: UUID, item: str, proxy_allowed: bool, now: datetime
) -> Leave | None:
    """The leave that lasts longest among those by which the proxy may act; None: she may not."""
    fitting = [
        each
        for each in leaves
        if may_act(each, proxy_id=proxy_id, person_id=person_id, item=item, proxy_allowed=proxy_allowed, now=now)
    ]
    return max(fitting, key=lambda each: each.ends_at, default=None)


# Civil Code, articles 162, 165, 173: who, for what, how long; it may be taken back at any time.
_TEXT: Final = Text(
    "我（{person}）同意{proxy}替我办：{items}。有效期到{until}。{proxy}可以替我填写、交材料、看这些事办到哪一步，"
    "看不到我别的事。我随时可以收回，收回后马上不能再看、再办。",
    "I ({person}) let {proxy} do this for me: {items}. Until {until}. {proxy} may fill in, hand in papers and see how "
    "these matters stand, and sees nothing else of mine. I may take this back at any time; it counts at once.",
)


def authorisation_text(person: str, proxy: str, items: str, until: str, language: str) -> str:
    """The whole text that was shown or read out, of which the fingerprint is kept."""
    return _TEXT.in_language(language).format(person=person, proxy=proxy, items=items, until=until)
