"""One form for several services: properties over any of the catalogue's items, in any order, and any answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lianxin_eservices import data
from lianxin_eservices.queries.life import how_each
from lianxin_eservices.rules.application import (
    AT_DESK,
    CONDITION,
    GIVEN,
    NOT_APPLICABLE,
    PHOTOS,
    REVIEW,
    Answers,
    Known,
    answered,
    final_states,
    first_open,
    kept,
    own,
    questions,
)
from lianxin_eservices.rules.bundle import event_of, merged, papers_once, parts_of
from lianxin_eservices.rules.catalogue import parse_catalogue, parse_life_events
from lianxin_eservices.rules.item import EventPart, LifeEvent, Necessity, ServiceItem
from lianxin_eservices.rules.life import events_for, faults_of_events
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import Choice, ExtraQuestion, QuestionKind

YES_NO = ExtraQuestion("CARD", QuestionKind.YES_NO, Text("有卡吗？", "Is there a card?"))
WHICH = ExtraQuestion(
    "WHICH",
    QuestionKind.ONE_CHOICE,
    Text("哪张卡？", "Which card?"),
    choices=(Choice("ssc", Text("社保卡", "Social")), Choice("bank", Text("银行卡", "Bank"))),
    shown_when="CARD = yes",
)
OTHER = replace(YES_NO, label=Text("要上门吗？", "Shall we call?"))
EXTRAS = ((), (YES_NO,), (YES_NO, WHICH), (OTHER,), (replace(YES_NO, required=False),))
SHIPPED = parse_catalogue(data.read("services"))
EVENTS = parse_life_events(data.read("life_events"))
BY_CODE = {item.code: item for item in SHIPPED}
CODES = sorted({material.code for item in SHIPPED for material in item.materials})
KEYS = [*CODES, *(f"{code}.{number}" for code in CODES for number in (2, 3))]


@st.composite
def bundles(draw: Any) -> tuple[ServiceItem, ...]:
    """Up to five services, each with questions of its own or without."""
    items = draw(st.lists(st.sampled_from(SHIPPED), min_size=1, max_size=5, unique_by=lambda item: item.code))
    return tuple(replace(item, questions=draw(st.sampled_from(EXTRAS))) for item in items)


said_to = st.sampled_from(["yes", "no", "ssc", "bank", None, 7])
known = st.builds(Known, *[st.booleans()] * 5)
answers = st.builds(
    Answers,
    whom=st.sampled_from(["", "self", "family"]),
    name=st.sampled_from(["", "周桂华"]),
    conditions=st.dictionaries(st.sampled_from(KEYS), st.booleans()),
    extras=st.dictionaries(st.sampled_from(["CARD", "CARD.2", "WHICH"]), said_to),
)


@given(st.sampled_from(SHIPPED), st.sampled_from(EXTRAS), answers, known)
def test_one_service_alone_is_a_bundle_of_one(item, extras, said, what):
    item = replace(item, questions=extras)
    (part,) = parts_of([item])
    assert [(one.step, one.of) for one in merged([part], said, what)] == [
        (one.step, ()) for one in questions(item, said, what)
    ]
    assert part.answers(said).extras == {code: said.extras[code] for code in part.extras if code in said.extras}


@given(bundles(), answers, known)
def test_each_thing_is_asked_once_and_nothing_that_no_chosen_service_asks(items, said, what):
    parts = parts_of(items)
    asked = merged(parts, said, what)
    steps = [one.step for one in asked]
    assert len(set(steps)) == len(steps)
    hers = {part.item.code: {part.step(one) for one in own(part.item, part.answers(said))} for part in parts}
    for one in asked:
        if one.extra is None and one.material is None:
            continue
        askers = tuple(code for code, theirs in hers.items() if one.step in theirs)
        assert askers
        assert one.of in (askers, ())
        assert one.of == askers or len(askers) == len(items)
    assert {step for theirs in hers.values() for step in theirs} <= set(steps)


@given(bundles(), answers, known)
def test_the_questions_end_and_then_each_service_has_what_it_asks(items, said, what):
    parts, papers = parts_of(items), dict[str, str]()
    for _turn in range(200):
        step = first_open(asked := merged(parts, said, what), said, what, papers)
        if step == REVIEW:
            break
        said, papers = _answer(next(one for one in asked if one.step == step), said, papers)
    else:
        raise AssertionError("the questions never end")
    for part in parts:
        theirs = part.answers(said)
        final = final_states(part.item, theirs, part.states(papers))
        assert all(answered(one, theirs, what, part.states(papers)) for one in own(part.item, theirs))
        assert set(final) == {material.code for material in part.item.materials}
        for one in own(part.item, theirs):
            if one.step.startswith(PHOTOS):
                assert final[one.key] in (GIVEN, AT_DESK, NOT_APPLICABLE)
        stored = kept(part.item, theirs)
        assert set(stored.extras) <= {one.code for one in part.item.questions}
        assert set(stored.conditions) <= {one.code for one in part.item.conditional_materials}


def _answer(question: Any, said: Answers, papers: dict[str, str]) -> tuple[Answers, dict[str, str]]:
    """As somebody would who says yes to everything."""
    if question.extra is not None:
        return said.answered(question.key, question.extra.answers[0]), papers
    if question.step.startswith(CONDITION):
        return said.said(question.key, True), papers
    if question.material is not None:
        optional = question.material.necessity is Necessity.OPTIONAL
        return said, {**papers, question.key: NOT_APPLICABLE if optional else GIVEN}
    values = {"whom": "self", "name": "周桂华", "id-number": "510899195803154328", "phone": "1", "area": "5"}
    field = "id_number" if question.step == "id-number" else question.step
    return replace(said, **{field: values[question.step]}), papers


@given(bundles())
def test_keys_do_not_move_when_something_is_left_out_or_added_at_the_end(items):
    parts = parts_of(items)
    assert parts_of(items[:-1]) == parts[:-1]
    for part in parts:
        for keys in (part.extras, part.conditions, part.papers):
            assert len(set(keys.values())) == len(keys)


@given(bundles())
def test_a_list_of_papers_names_each_once_and_leaves_none_out(items):
    parts = parts_of(items)
    listed = papers_once(parts)
    assert len({paper.key for paper in listed}) == len(listed)
    everything = {(part.item.code, one.code) for part in parts for one in part.item.materials if one.to_prepare}
    assert {(code, one.code) for paper in listed for code, one in paper.of} == everything
    for paper in listed:
        assert len({one.name for _code, one in paper.of}) == 1


def test_the_same_code_with_another_meaning_is_asked_apart():
    first, second = (replace(BY_CODE[code], questions=(one,)) for code, one in (("RS-003", YES_NO), ("MZ-007", OTHER)))
    parts = parts_of([first, second])
    steps = [one.step for one in merged(parts, Answers(), Known()) if one.extra is not None]
    assert steps == ["ask-CARD", "ask-CARD.2"]
    said = Answers(extras={"CARD": "yes", "CARD.2": "no"})
    assert [part.answers(said).extras for part in parts] == [{"CARD": "yes"}, {"CARD": "no"}]


def test_who_says_the_same_is_not_repeated():
    assert how_each([("a", "x"), ("b", "x")]) == ("x",)
    assert how_each([("a", ""), ("b", "")]) == ()
    assert len(how_each([("a", "x"), ("b", "y"), ("c", "x")])) == 2


def test_the_events_that_ship_fit_the_catalogue_and_at_least_four_have_parts():
    assert faults_of_events(EVENTS, BY_CODE) == []
    with_parts = {event.code: event for event in EVENTS if event.parts}
    assert {"birth", "disability", "ageing", "death"} <= set(with_parts)
    assert all(event_of(f"life:{code}") == code for code in with_parts)
    ticked = {BY_CODE[part.item].department for part in with_parts["ageing"].parts}
    assert len(ticked) >= 2


def test_every_fault_of_an_event_is_named():
    who = Text("谁", "who")
    wrong = LifeEvent(
        "Ageing1",
        Text("老", "Old"),
        "elder",
        parts=(EventPart("RS-003", who), EventPart("RS-003", who), EventPart("X", who)),
    )
    held = LifeEvent(
        "death",
        Text("走", "Death"),
        "lamp",
        who,
        ("去世",),
        parts=(EventPart("RS-003", who, ticked=True, holds=("KIN",)),),
    )
    said = "\n".join(faults_of_events([wrong, held], BY_CODE))
    for part in (
        "code must",
        "says and words",
        "none of its parts is ticked",
        "RS-003 2 times",
        "names X, which is no",
    ):
        assert part in said
    assert "RS-003 holds KIN, which it does not ask" in said


def test_life_events_are_found_by_what_people_say():
    found = {typed: [event.code for event in events_for(typed, EVENTS)] for typed in _TYPED}
    assert found == _TYPED


_TYPED = {
    "退休": ["ageing"],
    "我爸要退休了怎么办": ["ageing"],
    "生孩子": ["birth"],
    "Retirement": ["ageing"],
    "baby": ["birth"],
    "老人去世": ["death"],
    "失业了": ["work"],
    "社保卡": [],
    "is": [],
    "": [],
}
