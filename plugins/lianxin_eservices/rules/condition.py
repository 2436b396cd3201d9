"""When a question is shown or a paper needed: a small language over earlier answers. Nothing in it can be run.

`CHILDREN = yes and (AGE >= 60 or not CARD has none)`. Whoever has not answered, or was not asked, meets no comparison.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from lianxin.api import N_

Value = str | int | tuple[str, ...]
Kind = Literal["word", "number", "date", "several"]

LONGEST: Final = 300
DEEPEST: Final = 12
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TOKEN: Final = re.compile(r"\s*(?:([()])|(!=|<=|>=|=|<|>)|([A-Za-z0-9_-]+))")
_OPERATORS: Final = ("=", "!=", "<", "<=", ">", ">=", "has")
_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "word": ("=", "!="),
    "number": ("=", "!=", "<", "<=", ">", ">="),
    "date": ("=", "!=", "<", "<=", ">", ">="),
    "several": ("has",),
}


class BadCondition(ValueError):
    """A condition that can't be read; `text` says where, for people."""

    def __init__(self, text: Any) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class Comparison:
    """`AGE >= 60`."""

    code: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class Both:
    """All of them, or (`any_of`) one of them."""

    parts: tuple[Condition, ...]
    any_of: bool


Condition = Comparison | Not | Both


@lru_cache(maxsize=2000)
def parse(text: str) -> Condition:
    """Raises BadCondition."""
    if len(text) > LONGEST:
        raise BadCondition(N_("it is longer than %(most)s characters", most=LONGEST))
    reader = _Reader(_tokens(text))
    condition = reader.alternatives(0)
    if reader.ahead is not None:
        raise BadCondition(N_("“%(word)s” is too much", word=reader.ahead))
    return condition


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadCondition(N_("“%(word)s” can't be read", word=text[place:].strip()[:12]))
        found.append(match[1] or match[2] or match[3])
        place = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def ahead(self) -> str | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def next(self) -> str:
        token = self.ahead
        if token is None:
            raise BadCondition(N_("it ends too early"))
        self._place += 1
        return token

    def alternatives(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise BadCondition(N_("it has too many brackets"))
        parts = [self._together(depth)]
        while self.ahead == "or":
            self.next()
            parts.append(self._together(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts), any_of=True)

    def _together(self, depth: int) -> Condition:
        parts = [self._one(depth)]
        while self.ahead == "and":
            self.next()
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts), any_of=False)

    def _one(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise BadCondition(N_("it has too many brackets"))
        word = self.next()
        if word == "not":
            return Not(self._one(depth + 1))
        if word == "(":
            inner = self.alternatives(depth + 1)
            if self.next() != ")":
                raise BadCondition(N_("a bracket is not closed"))
            return inner
        operator = self.next()
        if operator not in _OPERATORS:
            raise BadCondition(N_("after “%(word)s” comes one of %(signs)s", word=word, signs=" ".join(_OPERATORS)))
        return Comparison(word, operator, self.next())


def holds(condition: Condition, answers: Mapping[str, Value]) -> bool:
    """Whether it is so, by what was answered."""
    if isinstance(condition, Not):
        return not holds(condition.inner, answers)
    if isinstance(condition, Both):
        found = (holds(part, answers) for part in condition.parts)
        return any(found) if condition.any_of else all(found)
    return condition.code in answers and _compare(answers[condition.code], condition)


def _compare(said: Value, asked: Comparison) -> bool:
    if isinstance(said, tuple):
        return asked.operator == "has" and asked.value in said
    wanted: str | int = asked.value
    if isinstance(said, int):
        try:
            wanted = int(asked.value)
        except ValueError:
            return False
    match asked.operator:
        case "=":
            return said == wanted
        case "!=":
            return said != wanted
        case "<":
            return said < wanted  # type: ignore[operator]  # both are numbers here, or both texts
        case "<=":
            return said <= wanted  # type: ignore[operator]
        case ">":
            return said > wanted  # type: ignore[operator]
        case ">=":
            return said >= wanted  # type: ignore[operator]
    return False


def comparisons(condition: Condition) -> tuple[Comparison, ...]:
    """All comparisons in it."""
    if isinstance(condition, Comparison):
        return (condition,)
    inner = (condition.inner,) if isinstance(condition, Not) else condition.parts
    return tuple(each for part in inner for each in comparisons(part))


def fault_of(text: str, known: Mapping[str, tuple[Kind, tuple[str, ...]]]) -> Any:
    """Why this condition can't be kept, for people; None when it can. `known`: earlier questions, kind and choices."""
    try:
        condition = parse(text)
    except BadCondition as fault:
        return fault.text
    found = (_fault_of_comparison(one, known) for one in comparisons(condition))
    return next((fault for fault in found if fault is not None), None)


def _fault_of_comparison(one: Comparison, known: Mapping[str, tuple[Kind, tuple[str, ...]]]) -> Any:
    if one.code not in known:
        return N_("“%(word)s” is no question before this one", word=one.code)
    kind, choices = known[one.code]
    if one.operator not in _ALLOWED[kind]:
        return N_("“%(word)s” can't be compared by “%(sign)s”", word=one.code, sign=one.operator)
    if choices and one.value not in choices:
        return N_("“%(value)s” is no answer to “%(word)s”", value=one.value, word=one.code)
    if kind == "number" and not re.fullmatch(r"-?[0-9]{1,12}", one.value):
        return N_("“%(value)s” is no number", value=one.value)
    if kind == "date" and not DATE.match(one.value):
        return N_("“%(value)s” is no date like 2026-11-24", value=one.value)
    return None
