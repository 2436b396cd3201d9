"""A service's own questions: the language of their conditions, which are shown, and what an answer may be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin_eservices import data
from lianxin_eservices.queries.extras import told_all
from lianxin_eservices.rules.application import EXTRA, PHOTOS, REVIEW, Answers, Known, first_open, kept, questions
from lianxin_eservices.rules.catalogue import faults_of, parse_catalogue
from lianxin_eservices.rules.condition import DEEPEST, BadCondition, fault_of, holds, parse
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import Choice, ExtraQuestion, QuestionKind, comparable, fits, shown

ITEM = next(item for item in parse_catalogue(data.read("services")) if item.code == "RS-001")


def ask(code: str, kind: str = "yes_no", **more: Any) -> ExtraQuestion:
    return ExtraQuestion(code, QuestionKind(kind), Text("问什么？", "What?"), **more)


WAYS = (Choice("bank", Text("打到卡上", "To a card")), Choice("cash", Text("现金", "Cash")))
ASKED = (
    ask("CHILDREN"),
    ask("AGE", "number", shown_when="CHILDREN = yes"),
    ask("WAY", "one_choice", choices=WAYS),
    ask("HELP", "several_choices", choices=WAYS, required=False),
    ask("SINCE", "date", required=False, shown_when="WAY = bank and not AGE > 60"),
    ask("COST", "money", required=False),
    ask("WHY", "long_text", shown_when="HELP has cash or COST >= 100"),
)
GUIDE = replace(ITEM, questions=ASKED)
said = st.fixed_dictionaries(
    {},
    optional={
        "CHILDREN": st.sampled_from(["yes", "no", None, 5, "maybe"]),
        "AGE": st.one_of(st.integers(0, 120), st.just("old")),
        "WAY": st.sampled_from(["bank", "cash", "post"]),
        "HELP": st.sampled_from([None, (), ("bank",), ("bank", "cash"), ("post",)]),
        "SINCE": st.sampled_from(["2026-01-01", "2026-13-01", None]),
        "COST": st.one_of(st.none(), st.integers(0, 10_000)),
        "WHY": st.sampled_from(["", "没有别的办法"]),
        "GONE": st.just("yes"),
    },
)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("A = yes", {"A": "yes"}, True),
        ("A = yes", {}, False),
        ("A != yes", {}, False),
        ("not A = yes", {}, True),
        ("A = yes and B = yes", {"A": "yes"}, False),
        ("A = yes or B = yes", {"A": "yes"}, True),
        ("A = no or A = yes and B = yes", {"A": "no"}, True),
        ("(A = no or A = yes) and B = yes", {"A": "no"}, False),
        ("N >= 60", {"N": 60}, True),
        ("N < 60", {"N": 9}, True),
        ("N = x", {"N": 9}, False),
        ("D <= 2026-11-24", {"D": "2026-11-24"}, True),
        ("D > 2026-11-24", {"D": "2026-11-24"}, False),
        ("S has a", {"S": ("a", "b")}, True),
        ("S = a", {"S": ("a",)}, False),
    ],
)
def test_a_condition_says_what_it_says(text: str, answers: dict[str, Any], expected: bool) -> None:
    assert holds(parse(text), answers) is expected


@given(st.text(alphabet="AB=<>!()x1 andortshe.:_\n'\"", max_size=60))
def test_whatever_is_typed_is_a_condition_or_is_refused(text: str) -> None:
    try:
        condition = parse(text)
    except BadCondition:
        return
    assert holds(condition, {"A": "x", "B": 1}) in (True, False)


def test_a_condition_of_endless_brackets_or_length_is_refused() -> None:
    for text in ("(" * 200 + "A = x" + ")" * 200, "not " * (DEEPEST + 2) + "A = x", "A = " + "x" * 400, "", "A", "A ="):
        with pytest.raises(BadCondition):
            parse(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("CHILDREN = yes", ""),
        ("CHILDREN = maybe", "“maybe” is no answer to “CHILDREN”"),
        ("CHILDREN > yes", "“CHILDREN” can't be compared by “>”"),
        ("AGE = old", "“old” is no number"),
        ("SINCE < soon", "“soon” is no date like 2026-11-24"),
        ("WHY = x", "“WHY” is no question before this one"),
        ("NOBODY = yes", "“NOBODY” is no question before this one"),
        ("HELP = cash", "“HELP” can't be compared by “=”"),
        ("__import__ = yes", "“__import__” is no question before this one"),
        ("CHILDREN.x = yes", "“.x = yes” can't be read"),
    ],
)
def test_a_condition_is_checked_against_the_questions_before_it(text: str, fault: str) -> None:
    found = fault_of(text, comparable(ASKED))
    assert (found.msgid % dict(found.values) if found else "") == fault


@given(said)
def test_an_answer_to_a_hidden_question_counts_for_nothing(answers: dict[str, Any]) -> None:
    asked, counted = shown(ASKED, answers)
    assert set(counted) <= {one.code for one in asked}
    assert all(fits(one, counted[one.code]) for one in asked if one.code in counted)
    hidden = {one.code for one in ASKED} - {one.code for one in asked}
    without = {code: value for code, value in answers.items() if code not in hidden}
    assert shown(ASKED, without) == (asked, counted)
    if counted.get("CHILDREN") != "yes":
        assert "AGE" in hidden


@given(said)
def test_no_review_and_no_case_shows_a_question_that_the_version_lacks(answers: dict[str, Any]) -> None:
    whole = Answers(extras=answers)
    labels = {one.label.zh for one in GUIDE.questions}
    assert told_all(ITEM, answers, "zh_Hans") == ()
    assert {label for label, _ in told_all(GUIDE, answers, "zh_Hans")} <= labels
    assert kept(ITEM, whole).extras == {}
    assert set(kept(GUIDE, whole).extras) <= {one.code for one in GUIDE.questions}
    steps = [one.step for one in questions(ITEM, whole, Known()) if one.step.startswith(EXTRA)]
    assert steps == []
    assert Answers.from_text(whole.to_text()) == whole


@given(said)
def test_one_comes_to_the_review_only_past_every_question_that_must_be_answered(answers: dict[str, Any]) -> None:
    whole = Answers(whom="self", name="周桂华", id_number="510899195803154328", phone="1", area="1", extras=answers)
    known = Known()
    asked = questions(GUIDE, whole, known)
    papers = {one.code: "given" for one in GUIDE.materials}
    conditions = {one.code: True for one in GUIDE.materials}
    whole = replace(whole, conditions=conditions)
    place = first_open(asked, whole, known, papers)
    open_ones = [
        one
        for one in shown(ASKED, answers)[0]
        if one.code not in shown(ASKED, answers)[1] and (one.required or answers.get(one.code, 0) is not None)
    ]
    assert place == (EXTRA + open_ones[0].code if open_ones else REVIEW)


def test_a_paper_may_be_needed_only_after_certain_answers() -> None:
    first = next(one for one in ITEM.materials if one.to_prepare)
    listed = tuple(replace(one, needed_when="WAY = bank") if one is first else one for one in ITEM.materials)
    guide = replace(GUIDE, materials=listed)
    assert faults_of(guide) == []

    def steps(way: str) -> set[str]:
        return {one.step for one in questions(guide, Answers(extras={"WAY": way}), Known())}

    assert PHOTOS + first.code in steps("bank")
    assert PHOTOS + first.code not in steps("cash")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((ask("low"),), "question low: code must be capital letters, digits and underscores, 20 at most"),
        ((ask("A"), ask("A")), "question A: code A is used twice"),
        ((ask("A", "one_choice", choices=WAYS[:1]),), "question A: choices must be at least 2"),
        ((ask("A", choices=WAYS),), "question A: choices are for questions with choices only"),
        ((ask("A", "one_choice", choices=(*WAYS, WAYS[0])),), "question A: choices name a code twice"),
        ((ask("A", shown_when="B = yes"), ask("B")), "question A: “B” is no question before this one"),
        (tuple(ask(f"A{n}") for n in range(41)), "questions are more than 40"),
    ],
)
def test_a_fault_of_a_question_names_it(asked: tuple[ExtraQuestion, ...], sentence: str) -> None:
    assert faults_of(replace(ITEM, questions=asked)) == [f"Item RS-001: {sentence}"]
