"""Finding among thousands of services: a few looks through one long text say which of them are worth comparing.

What is found, and in which order, is what comparing each of them (`search.score`) would find.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lianxin_eservices.rules.search import ALL_BIGRAMS, SLIPPED, Query, begin_of, read_query, score
from lianxin_eservices.rules.search_keys import SearchKeys
from lianxin_eservices.rules.slips import SHORTEST, one_slip_apart

KEPT: Final = 2_000
"""Pairs of characters of which it is remembered who has them."""


class Haystack:
    """One kind of key of all services in one text; tells the places (0, 1, 2 …) of those that hold something."""

    def __init__(self, texts: Iterable[str]) -> None:
        parts = list(texts)
        self._starts = array("L", [0])
        for part in parts:
            self._starts.append(self._starts[-1] + len(part) + 1)
        self._text = "\0".join(parts)

    def holding(self, needle: str) -> list[int]:
        """Whose text holds the needle, in order; nobody's holds the empty one."""
        found: list[int] = []
        at = self._text.find(needle) if needle else -1
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            found.append(place)
            at = self._text.find(needle, self._starts[place + 1])
        return found

    def lines(self, needle: str) -> Iterator[tuple[int, str]]:
        """Place and line of every line that holds the needle."""
        at = self._text.find(needle)
        while at >= 0:
            inside = at + (needle[0] == "\n")
            begin, end = self._text.rfind("\n", 0, inside) + 1, self._text.find("\n", inside)
            yield bisect_right(self._starts, at) - 1, self._text[begin:end]
            at = self._text.find(needle, end)


class SearchIndex:
    """All that can be found. Made when the catalogue changes; a search reads it and asks nothing of the outside."""

    def __init__(self, entries: Sequence[SearchKeys]) -> None:
        self._entries = entries
        self._names = Haystack(keys.names + keys.keywords for keys in entries)
        self._guides = Haystack(keys.guide for keys in entries)
        self._marked = Haystack(keys.marked for keys in entries)
        self._spelled = Haystack(keys.spelled for keys in entries)
        self._inside = Haystack(keys.spelled_inside for keys in entries)
        self._initials = Haystack(keys.initials for keys in entries)
        self._folded = Haystack(keys.folded for keys in entries)
        self._english = Haystack(keys.english for keys in entries)
        self._known: dict[str, array[int]] = {}
        for place, keys in enumerate(entries):
            for key in keys.known:
                self._known.setdefault(key, array("L")).append(place)
        self._pairs: dict[str, tuple[array[int], array[int]]] = {}

    def search(self, query: str, *, most: int = 20) -> list[SearchKeys]:
        """The best first, at most `most`; none when nothing resembles the query. Takes any text."""
        asked = read_query(query)
        if not asked.whole or most < 1:
            return []
        ranks = self._letters(asked) if asked.latin else self._characters(asked, most)
        best = sorted(ranks, key=lambda place: (-ranks[place], self._entries[place].length, place))
        return [self._entries[place] for place in best[:most]]

    def _letters(self, asked: Query) -> dict[int, int]:
        typed, begins = asked.whole, f"\n{asked.whole}"
        found = {*self._spelled.holding(begins), *self._inside.holding(begins)}
        found.update(self._names.holding(typed if typed.isdigit() else begins))
        found.update(self._initials.holding(typed if len(typed) > 2 else begins))
        if len(asked.folded) > 4:
            found.update(self._folded.holding(asked.folded))
        for word in asked.english:
            found.update(self._english.holding(begin_of(word)))
        return self._scored(asked, found) or self._slipped(asked)

    def _slipped(self, asked: Query) -> dict[int, int]:
        """One slip in a whole name, as it is typed or as it is heard: a `z` for `zh` beside it is none."""
        if len(asked.whole) < SHORTEST:
            return {}
        near = (*_one_slip(self._spelled, asked.whole), *_one_slip(self._folded, asked.folded))
        return dict.fromkeys(near, SLIPPED)

    def _characters(self, asked: Query, most: int) -> dict[int, int]:
        """Those that are sure to stand before all others are compared first; often they are enough."""
        named: Counter[int] = Counter()
        told: Counter[int] = Counter()
        for pair in asked.bigrams:
            names, either = self._pair(pair)
            named.update(names)
            told.update(either)
        total = len(asked.bigrams)
        found = {place for place, count in named.items() if count == total}
        for typed in (asked.whole, asked.core):
            found.update(self._names.holding(typed))
        if asked.words:
            having = [set(self._names.holding(word)) for word in asked.words]
            found |= having[0].intersection(*having[1:])
        found.update(*(self._known[part] for part in _parts(asked.whole) if part in self._known))
        ranks = self._scored(asked, found)
        if sum(rank >= ALL_BIGRAMS for rank in ranks.values()) >= most:
            return ranks
        rest = {place for place, count in told.items() if count == total or (place in named and 2 * count >= total)}
        rest.update(self._marked.holding(asked.marked))
        return ranks | self._scored(asked, rest - found)

    def _pair(self, pair: str) -> tuple[array[int], array[int]]:
        """Who has these two characters in a name or keyword, and who there or in the guide."""
        found = self._pairs.get(pair)
        if found is None:
            if len(self._pairs) >= KEPT:
                self._pairs.clear()
            names = array("L", self._names.holding(pair))
            either = array("L", sorted({*names, *self._guides.holding(pair)}))
            found = self._pairs[pair] = (names, either)
        return found

    def _scored(self, asked: Query, places: Iterable[int]) -> dict[int, int]:
        ranks = ((place, score(asked, self._entries[place])) for place in places)
        return {place: rank for place, rank in ranks if rank > 0}


def search(query: str, entries: Sequence[SearchKeys], *, most: int = 20) -> list[SearchKeys]:
    """A single search, where no index is kept."""
    return SearchIndex(entries).search(query, most=most)


def _one_slip(haystack: Haystack, typed: str) -> Iterator[int]:
    """A slip touches two neighbouring letters at most: what stands before or behind the middle one is untouched."""
    middle = len(typed) // 2
    for needle in (f"\n{typed[:middle]}", f"{typed[middle + 1 :]}\n"):
        for place, line in haystack.lines(needle):
            if one_slip_apart(typed, line):
                yield place


def _parts(text: str) -> set[str]:
    """All pieces of at least two characters."""
    return {text[begin:end] for begin in range(len(text)) for end in range(begin + 2, len(text) + 1)}
