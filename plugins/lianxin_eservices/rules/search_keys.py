"""What one item is found by: names, keywords, their spelling in letters, English words; computed once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.spelling import folded, initials, marked, readings
from lianxin_eservices.rules.wording import plain_words, squash

SEPARATORS: Final = re.compile(r"[、，,；;/／（）()：:]")


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """Everything of one item that a query is compared with; code and slug say which item it is.

    Each text holds all keys of its kind, one a line, with a line break before the first and after the last:
    so one look for `⏎typed⏎`, `⏎typed` or `typed` tells exact, beginning and inside, for all of them at once.
    """

    code: str
    slug: str
    length: int
    names: str
    keywords: str
    known: tuple[str, ...]
    spelled_names: str
    spelled: str
    spelled_inside: str
    initials: str
    folded: str
    marked: str
    english_names: str
    english: str
    guide: str


def search_keys(item: ServiceItem) -> SearchKeys:
    """Compute when an item is published or a process starts, not for each query."""
    chinese = _distinct((item.name.zh, item.plain_name.zh))
    names = _distinct((*chinese, item.code, item.name.en, item.plain_name.en))
    parts = [part for name in (item.name.zh, item.plain_name.zh) for part in SEPARATORS.split(name)]
    native = _distinct((*item.keywords, *parts))
    keywords = _distinct((*native, *item.keywords_en))
    sounds = [reading for key in (*chinese, *native) for reading in readings(key)]
    english_names = plain_words(f"{item.name.en} {item.plain_name.en}")
    english = (*english_names, *plain_words(" ".join(item.keywords_en)))
    return SearchKeys(
        code=item.code,
        slug=item.slug,
        length=len(chinese[0]),
        names=_lines(names),
        keywords=_lines(keywords),
        known=tuple(key for key in (*names, *keywords) if len(key) > 1 and not key.isascii()),
        spelled_names=_lines("".join(reading) for key in chinese for reading in readings(key)),
        spelled=_lines("".join(reading) for reading in sounds),
        spelled_inside=_lines("".join(reading[i:]) for reading in sounds for i in range(1, len(reading))),
        initials=_lines(initials(reading) for reading in sounds),
        folded=_lines(folded("".join(reading)) for reading in sounds),
        marked=_lines(marked(reading) for reading in sounds),
        english_names=f" {' '.join(english_names)} ",
        english=f" {' '.join(english)} ",
        guide=_lines(_distinct((item.eligibility.zh, item.result.zh))),
    )


def _lines(keys: Iterable[str]) -> str:
    return "\n" + "".join(f"{key}\n" for key in dict.fromkeys(keys))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    squashed = (squash(text, most=None) for text in texts)
    return tuple(dict.fromkeys(text for text in squashed if text))
