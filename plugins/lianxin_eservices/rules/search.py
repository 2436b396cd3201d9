"""How well a service fits what a person types: names, plain names, keywords, pinyin, initials, English.

Keys are computed once an item; a comparison looks at strings only and asks nothing of the outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lianxin_eservices.rules.search_keys import SearchKeys
from lianxin_eservices.rules.spelling import folded, marked, readings
from lianxin_eservices.rules.wording import FILLERS, LONGEST, bigrams, is_latin, plain_words, squash, wish

# Rank by how sure the match is; within a rank the shorter name, then the order of the catalogue.
EXACT_NAME: Final = 1000
EXACT_KEYWORD: Final = 950
SPELLED_NAME: Final = 940
SPELLED_KEYWORD: Final = 930
INITIALS: Final = 920
STARTS_NAME: Final = 900
STARTS_KEYWORD: Final = 880
INSIDE_NAME: Final = 850
ENGLISH_NAME: Final = 845
ENGLISH: Final = 840
INSIDE_KEYWORD: Final = 830
SPELLED_START: Final = 800
ALL_WORDS: Final = 790
SPELLED_INSIDE: Final = 780
INITIALS_START: Final = 760
FOLDED: Final = 740
MENTIONED: Final = 600
ALL_BIGRAMS: Final = 590
INITIALS_INSIDE: Final = 560
IN_GUIDE: Final = 500
SLIPPED: Final = 450
SOUNDS_ALIKE: Final = 400
SOME: Final = 200


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, in the forms that the comparisons need."""

    whole: str
    core: str
    words: tuple[str, ...]
    latin: bool
    folded: str
    english: tuple[str, ...]
    bigrams: frozenset[str]
    marked: str


def score(asked: Query, keys: SearchKeys) -> int:
    """The best of all comparisons; 0 is no resemblance."""
    literal = max(_literal(typed, keys) for typed in {asked.whole, asked.core})
    if literal >= EXACT_KEYWORD:
        return literal
    if asked.latin:
        return max(literal, _by_letters(asked, keys), _by_english(asked, keys))
    return max(literal, _by_words(asked, keys), _mentioned(asked, keys), _by_bigrams(asked, keys))


def read_query(text: str) -> Query:
    """What was typed, brought to the forms of the keys. Takes any text."""
    text = text[: LONGEST * 4]
    words = plain_words(text)
    whole = squash(text)
    core = wish(whole)
    latin = is_latin(whole)
    return Query(
        whole=whole,
        core=core,
        words=tuple(words[:8]) if len(words) > 1 else (),
        latin=latin,
        folded=folded(whole) if latin else "",
        english=tuple(word for word in words[:12] if word not in FILLERS and len(word) > 1) if latin else (),
        bigrams=bigrams(core),
        marked="" if latin or len(core) < 2 else marked(next(readings(core))),
    )


def _literal(typed: str, keys: SearchKeys) -> int:
    """The characters themselves, in names and keywords."""
    begins = f"\n{typed}"
    if begins in keys.names:
        return EXACT_NAME if f"{begins}\n" in keys.names else STARTS_NAME
    if begins in keys.keywords:
        return EXACT_KEYWORD if f"{begins}\n" in keys.keywords else STARTS_KEYWORD
    if typed.isascii() and not typed.isdigit():
        return 0  # inside an English word letters mean nothing: `ma` of `pharmacy`
    if typed in keys.names:
        return INSIDE_NAME
    return INSIDE_KEYWORD if typed in keys.keywords else 0


def _by_letters(asked: Query, keys: SearchKeys) -> int:
    """Pinyin in full, its initials, and the spelling of those who say z for zh or n for l."""
    typed, begins, exact = asked.whole, f"\n{asked.whole}", f"\n{asked.whole}\n"
    ranks = (
        (SPELLED_NAME, exact in keys.spelled_names),
        (SPELLED_KEYWORD, exact in keys.spelled),
        (INITIALS, exact in keys.initials),
        (SPELLED_START, len(typed) >= 2 and begins in keys.spelled),
        (SPELLED_INSIDE, len(typed) >= 2 and begins in keys.spelled_inside),
        (INITIALS_START, len(typed) >= 2 and begins in keys.initials),
        (FOLDED, len(asked.folded) >= 5 and asked.folded in keys.folded),
        (INITIALS_INSIDE, len(typed) >= 3 and typed in keys.initials),
    )
    return next((rank for rank, met in ranks if met), 0)


def _by_english(asked: Query, keys: SearchKeys) -> int:
    total = len(asked.english)
    if not total:
        return 0
    if _matching(asked.english, keys.english_names) == total:
        return ENGLISH_NAME
    found = _matching(asked.english, keys.english)
    if found == total:
        return ENGLISH
    return SOME + 100 * found // total if 2 * found >= total else 0


def _matching(words: Iterable[str], padded: str) -> int:
    return sum(begin_of(word) in padded for word in words)


def begin_of(word: str) -> str:
    """With what a word of the same stem begins, between spaces."""
    return f" {_stem(word)}"


def _stem(word: str) -> str:
    """`pensions` finds `pension`, `retired` finds `retirement`: crude, and enough for names."""
    if len(word) > 5 and word.endswith(("ing", "ies", "ied")):
        return word[:-3]
    if len(word) > 5 and word.endswith(("ed", "es")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _by_words(asked: Query, keys: SearchKeys) -> int:
    """Several words with spaces between: each of them somewhere."""
    if not asked.words:
        return 0
    return ALL_WORDS if all(word in keys.names or word in keys.keywords for word in asked.words) else 0


def _mentioned(asked: Query, keys: SearchKeys) -> int:
    """A whole key inside a longer sentence: `我妈瘫痪了能领什么` mentions 瘫痪."""
    length = sum(len(key) for key in keys.known if key in asked.whole)
    return min(MENTIONED + 10 * length, FOLDED) if length else 0


def _by_bigrams(asked: Query, keys: SearchKeys) -> int:
    total, named, told = len(asked.bigrams), 0, 0
    for pair in asked.bigrams:
        if pair in keys.names or pair in keys.keywords:
            named += 1
        elif pair in keys.guide:
            told += 1
    told += named
    if named == total:
        return ALL_BIGRAMS if total else 0
    if told == total:
        return IN_GUIDE
    if named and 2 * told >= total:
        return SOME + 50 * (named + told) // total
    return SOUNDS_ALIKE if asked.marked and asked.marked in keys.marked else 0
