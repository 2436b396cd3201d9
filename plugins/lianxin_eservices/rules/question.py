"""Questions that a service asks beyond the usual ones: what they are, which are shown, what an answer may be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from lianxin.api import N_
from lianxin_eservices.rules.condition import Kind, Value, fault_of, holds, parse
from lianxin_eservices.rules.plain import Text

CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{0,19}\Z")
CHOICE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}\Z")
MOST_QUESTIONS: Final = 40
MOST_CHOICES: Final = 20


class QuestionKind(StrEnum):
    """MONEY is kept in fen."""

    YES_NO = "yes_no"
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class ExtraQuestion:
    """One page of the application. `shown_when` is a condition on the questions before it (rules/condition.py)."""

    code: str
    kind: QuestionKind
    label: Text
    required: bool = True
    hint: Text | None = None
    choices: tuple[Choice, ...] = ()
    shown_when: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The codes that may be answered; empty where anything may be typed."""
        if self.kind is QuestionKind.YES_NO:
            return ("yes", "no")
        return tuple(one.code for one in self.choices)


_COMPARED: Final[dict[QuestionKind, Kind]] = {
    QuestionKind.SEVERAL_CHOICES: "several",
    QuestionKind.NUMBER: "number",
    QuestionKind.MONEY: "number",
    QuestionKind.DATE: "date",
}


def comparable(asked: Sequence[ExtraQuestion]) -> dict[str, tuple[Kind, tuple[str, ...]]]:
    """What a condition may say about these questions. Free text is compared with nothing."""
    free = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
    return {one.code: (_COMPARED.get(one.kind, "word"), one.answers) for one in asked if one.kind not in free}


def shown(
    asked: Sequence[ExtraQuestion], said: Mapping[str, Value | None]
) -> tuple[tuple[ExtraQuestion, ...], dict[str, Value]]:
    """The questions that are shown for these answers, and the answers that count: never one to a hidden question."""
    open_ones: list[ExtraQuestion] = []
    counted: dict[str, Value] = {}
    for one in asked:
        if one.shown_when is not None and not holds(parse(one.shown_when), counted):
            continue
        open_ones.append(one)
        value = said.get(one.code)
        if value is not None and fits(one, value):
            counted[one.code] = value
    return tuple(open_ones), counted


def fits(question: ExtraQuestion, value: Value) -> bool:
    """Whether a kept answer is still one to this question, after the person moved between versions or never did."""
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.MONEY:
            return type(value) is int
        case QuestionKind.SEVERAL_CHOICES:
            return isinstance(value, tuple) and set(value) <= set(question.answers)
        case QuestionKind.YES_NO | QuestionKind.ONE_CHOICE:
            return value in question.answers
        case QuestionKind.DATE:
            return isinstance(value, str) and _is_date(value)
    return isinstance(value, str)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def faults_of_question(one: ExtraQuestion, before: Sequence[ExtraQuestion]) -> list[tuple[str, Any]]:
    """(field, sentence for people) for everything wrong with it."""
    chooses = one.kind in (QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)
    codes = [choice.code for choice in one.choices]
    checks = (
        (not CODE.match(one.code), "code", N_("code must be capital letters, digits and underscores, 20 at most")),
        (one.code in {each.code for each in before}, "code", N_("code %(code)s is used twice", code=one.code)),
        (chooses and len(codes) < 2, "choices", N_("choices must be at least 2")),
        (len(codes) > MOST_CHOICES, "choices", N_("choices are more than %(most)s", most=MOST_CHOICES)),
        (not chooses and bool(codes), "choices", N_("choices are for questions with choices only")),
        (len(set(codes)) < len(codes), "choices", N_("choices name a code twice")),
        (not all(map(CHOICE.match, codes)), "choices", N_("choices have codes of small letters and digits")),
    )
    found: list[tuple[str, Any]] = [(field, sentence) for wrong, field, sentence in checks if wrong]
    if one.shown_when is not None and (why := fault_of(one.shown_when, comparable(before))) is not None:
        found.append(("shown_when", why))
    return found
