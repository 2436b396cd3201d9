"""Life events: what is wrong with their parts, and which of them is meant by what somebody types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lianxin_eservices.rules.item import LifeEvent, Necessity, ServiceItem
from lianxin_eservices.rules.wording import squash

CODE: Final = re.compile(r"[a-z]{2,20}\Z")
"""Stands in addresses, and behind `life:` in the subject of a draft."""
SHORTEST: Final = 2
SHORTEST_LATIN: Final = 4
"""Three letters stand in any word."""


def faults_of_events(events: Iterable[LifeEvent], items: Mapping[str, ServiceItem]) -> list[str]:
    """A sentence for everything wrong, naming event and item. `items` by code: all that the catalogue knows."""
    return [f"Life event {event.code}: {fault}" for event in events for fault in _faults(event, items)]


def _faults(event: LifeEvent, items: Mapping[str, ServiceItem]) -> Iterator[str]:
    if not CODE.match(event.code):
        yield "code must be 2 to 20 small letters"
    if event.parts and (event.says is None or not event.words):
        yield "an event with parts needs says and words"
    if event.parts and not any(part.ticked for part in event.parts):
        yield "none of its parts is ticked"
    for code, count in Counter(part.item for part in event.parts).items():
        if count > 1:
            yield f"parts names {code} {count} times"
    for part in event.parts:
        item = items.get(part.item)
        if item is None:
            yield f"parts names {part.item}, which is no item of the catalogue"
            continue
        asked = {one.code for one in item.materials if one.necessity is Necessity.CONDITIONAL}
        yield from (f"{part.item} holds {code}, which it does not ask" for code in part.holds if code not in asked)


def events_for(text: str, events: Iterable[LifeEvent]) -> tuple[LifeEvent, ...]:
    """The events with parts that are meant: a word of theirs is in what was typed, or it is part of a word."""
    typed = squash(text, most=None)
    if len(typed) < (SHORTEST_LATIN if typed.isascii() else SHORTEST):
        return ()
    return tuple(event for event in events if event.parts and any(_meant(typed, word) for word in _words(event)))


def _words(event: LifeEvent) -> Iterator[str]:
    yield from (squash(word, most=None) for word in (*event.words, *event.words_en, event.title.zh, event.title.en))


def _meant(typed: str, word: str) -> bool:
    return bool(word) and (word in typed or typed in word)
