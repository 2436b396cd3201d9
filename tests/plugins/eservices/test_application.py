"""Which questions are asked: properties over every item of the catalogue and any answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianxin_eservices import data
from lianxin_eservices.rules.application import (
    AT_DESK,
    CONDITION,
    GIVEN,
    NEEDED,
    NOT_APPLICABLE,
    PHOTOS,
    REVIEW,
    Answers,
    Known,
    final_states,
    first_open,
    may_stand_at,
    questions,
    step_before,
)
from lianxin_eservices.rules.catalogue import parse_catalogue
from lianxin_eservices.rules.consent import consent_lines, consent_purpose, consent_text
from lianxin_eservices.rules.item import Necessity
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.progress import stages

ITEMS = parse_catalogue(data.read("services"))
CODES = sorted({material.code for item in ITEMS for material in item.materials})
items = st.sampled_from(ITEMS)
known = st.builds(Known, *[st.booleans()] * 5)
answers = st.builds(
    Answers,
    whom=st.sampled_from(["", "self", "family"]),
    name=st.sampled_from(["", "周桂华"]),
    id_number=st.sampled_from(["", "510899195803154328"]),
    phone=st.sampled_from([None, "", "+8613800000001"]),
    area=st.sampled_from(["", "510821107001"]),
    conditions=st.dictionaries(st.sampled_from(CODES), st.booleans()),
)
states = st.dictionaries(st.sampled_from(CODES), st.sampled_from([NEEDED, GIVEN, NOT_APPLICABLE, AT_DESK]))


@given(answers)
def test_answers_come_back_from_their_text_as_they_were(said: Answers):
    assert Answers.from_text(said.to_text()) == said


@given(items, answers, known, states)
def test_nobody_stands_before_an_open_question_and_everybody_has_a_way_back(item, said, what, given_papers):
    asked = questions(item, said, what)
    steps = [one.step for one in asked]
    assert len(set(steps)) == len(steps)
    place = first_open(asked, said, what, given_papers)
    reachable = [step for step in (*steps, REVIEW) if may_stand_at(step, asked, place)]
    assert reachable == (steps + [REVIEW])[: len(reachable)]
    assert reachable[-1] == place
    assert not may_stand_at("nonsense", asked, place)
    for step in steps[1:]:
        assert may_stand_at(step_before(step, asked), asked, step)


@given(items, answers, known)
def test_a_paper_is_asked_for_only_where_it_is_the_applicants_and_its_condition_holds(item, said, what):
    steps = {one.step for one in questions(item, said, what)}
    for material in item.materials:
        conditional = material.necessity is Necessity.CONDITIONAL
        assert (CONDITION + material.code in steps) is conditional
        holds = not conditional or bool(said.conditions.get(material.code))
        assert (PHOTOS + material.code in steps) is (material.to_prepare and holds)


@given(items, answers, states)
def test_what_does_not_apply_is_said_so_when_the_application_is_sent(item, said, given_papers):
    final = final_states(item, said, given_papers)
    assert set(final) == {material.code for material in item.materials}
    for material in item.materials:
        if material.necessity is Necessity.CONDITIONAL and not said.conditions.get(material.code):
            assert final[material.code] == NOT_APPLICABLE
        elif not material.to_prepare:
            assert final[material.code] == NEEDED


@given(items, known)
def test_who_it_is_for_is_not_asked_at_the_desk_and_the_family_always_gives_a_name(item, what):
    steps = [one.step for one in questions(item, Answers(whom="family"), what)]
    assert ("whom" in steps) is not what.desk
    assert {"name", "id-number"} <= set(steps)


@given(items)
def test_each_item_asks_for_a_consent_of_its_own_in_both_languages(item):
    office = Text("某局", "Some office")
    assert consent_purpose(item).endswith(item.code)
    assert len(consent_purpose(item)) <= 60
    assert item.plain_name.zh in consent_text([(item, office)], "zh_Hans")
    assert item.plain_name.en in consent_text([(item, office)], "en")
    assert all("{" not in line for _, line in consent_lines([(item, office)], "en"))


@given(
    st.sampled_from(["submitted", "correction_requested", "accepted", "deciding", "completed", "rejected", "delivered"])
)
def test_exactly_one_stage_is_now(state: str):
    words = {"sent": "a", "accepted": "", "decided": "", "due": "b", "office": "c"}
    marks = [stage.state for stage in stages(state, **words, badly_rated=False)]
    assert marks.count("now") == 1
    assert marks == sorted(marks, key=["done", "now", ""].index)
