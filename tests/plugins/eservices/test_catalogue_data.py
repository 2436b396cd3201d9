"""The 57 items as they ship, and what the reader says about data that is wrong."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from typing import Any

import pytest

from lianxin_eservices import data
from lianxin_eservices.rules.catalogue import (
    CatalogueError,
    faults_of,
    item_from_json,
    item_to_json,
    online_applicable,
    parse_catalogue,
    parse_departments,
    parse_life_events,
    parse_target_groups,
)
from lianxin_eservices.rules.item import (
    DayUnit,
    Department,
    LifeEvent,
    Necessity,
    OptionalState,
    ServiceItem,
    TargetGroup,
)
from lianxin_eservices.rules.plain import Text, Unreadable

HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    content: dict[str, Any] = data.read("services")
    return content


@pytest.fixture(scope="module")
def items(raw: dict[str, Any]) -> tuple[ServiceItem, ...]:
    return parse_catalogue(raw)


@pytest.fixture(scope="module")
def departments() -> tuple[Department, ...]:
    return parse_departments(data.read("departments"))


@pytest.fixture(scope="module")
def life_events() -> tuple[LifeEvent, ...]:
    return parse_life_events(data.read("life_events"))


@pytest.fixture(scope="module")
def target_groups() -> tuple[TargetGroup, ...]:
    return parse_target_groups(data.read("target_groups"))


def by_code(items: tuple[ServiceItem, ...], code: str) -> ServiceItem:
    return next(item for item in items if item.code == code)


def lines(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Every text of a raw entry with its path."""
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in lines(inner, f"{path}.{key}")]
    if isinstance(value, list):
        return [line for inner in value for line in lines(inner, path)]
    return [(path, value)] if isinstance(value, str) else []


# ---- the data


def test_there_are_57_items_of_four_departments(
    items: tuple[ServiceItem, ...], departments: tuple[Department, ...]
) -> None:
    assert Counter(item.department for item in items) == {
        "civil_affairs": 19,
        "disabled_persons_federation": 11,
        "human_resources": 15,
        "healthcare_security": 12,
    }
    assert {one.code for one in departments} == {item.department for item in items}


def test_every_life_event_and_target_group_is_defined_and_used(
    items: tuple[ServiceItem, ...], life_events: tuple[LifeEvent, ...], target_groups: tuple[TargetGroup, ...]
) -> None:
    assert {one.code for one in life_events} == {item.life_event for item in items}
    assert {one.code for one in target_groups} == {group for item in items for group in item.target_groups}


def test_departments_working_together_are_defined(
    items: tuple[ServiceItem, ...], departments: tuple[Department, ...]
) -> None:
    named = {code for item in items for code in item.co_departments}
    assert named
    assert named <= {one.code for one in departments}
    assert all(item.department not in item.co_departments for item in items)


def test_every_text_is_in_its_language(raw: dict[str, Any]) -> None:
    listed = lines(raw)
    english = [(path, text) for path, text in listed if path.endswith("_en")]
    chinese = [(path, text) for path, text in listed if path.endswith("_zh")]
    assert len(english) > 1500
    assert [line for line in english if HAN.search(line[1])] == []
    assert [line for line in chinese if not HAN.search(line[1])] == []
    assert [line for line in listed if re.search(r"verified|general\)|同上|免申即享|PIPL", line[1])] == [
        line for line in listed if line[0].endswith(".provenance") and line[1] == "verified"
    ]


def test_chinese_is_set_with_chinese_punctuation_and_addresses_the_reader_politely(raw: dict[str, Any]) -> None:
    chinese = [line for line in lines(raw) if line[0].endswith("_zh")]
    assert [line for line in chinese if re.search(r"[,;:?!()]|你", line[1])] == []


def test_every_material_says_how_it_must_look(items: tuple[ServiceItem, ...]) -> None:
    assert [(item.code, one.code) for item in items for one in item.materials if one.spec is None] == []


def test_every_conditional_material_asks_a_question_in_both_languages(items: tuple[ServiceItem, ...]) -> None:
    asked = [one for item in items for one in item.conditional_materials]
    assert len(asked) == 22
    assert all(one.question is not None and one.question.zh.endswith("吗？") for one in asked)
    assert all(one.question is not None and one.question.en.endswith("?") for one in asked)
    disabled = next(one for one in by_code(items, "MZ-001").conditional_materials if one.code == "DIS")
    assert disabled.question == Text(
        "您家有人持有残疾人证吗？", "Does anyone in your household hold a Disabled Person Certificate?"
    )


def test_pension_enrolment_asks_for_the_three_papers_that_residents_are_told(
    items: tuple[ServiceItem, ...],
) -> None:
    item = by_code(items, "RS-001")
    papers = [(one.name.zh, one.originals, one.copies) for one in item.materials if one.to_prepare]
    assert sorted(papers) == sorted([("一寸白底免冠照片", 3, 0), ("居民身份证", 1, 1), ("户口簿", 1, 1)])
    assert (item.committed_limit.value, item.statutory_limit.value, item.visits_required) == (3, 10, 0)
    assert online_applicable(item)


def test_states_follow_from_the_notice_and_no_other_item_has_one(items: tuple[ServiceItem, ...]) -> None:
    for item in items:
        assert (OptionalState.PUBLIC_NOTICE in item.optional_states) is (item.public_notice is not None), item.code


def test_who_must_come_in_person(items: tuple[ServiceItem, ...]) -> None:
    """Both spouses, the pensioner whose life is being confirmed, and the one item for organisations."""
    assert {item.code for item in items if not online_applicable(item)} == {"MZ-018", "MZ-019", "RS-006"}
    assert all(item.in_person_requirement for item in items if not online_applicable(item))


def test_every_item_survives_the_json_column(items: tuple[ServiceItem, ...], raw: dict[str, Any]) -> None:
    for item, entry in zip(items, raw["services"], strict=True):
        stored = json.loads(json.dumps(item_to_json(item), ensure_ascii=False))
        assert item_from_json(stored) == item
        assert stored == entry


def test_a_stored_version_with_a_field_of_another_day_can_still_be_read(items: tuple[ServiceItem, ...]) -> None:
    stored = item_to_json(items[0]) | {"abolished": 1, "steps": []}
    assert item_from_json(stored).steps == ()


def test_languages_choose_their_text() -> None:
    text = Text("低保", "Dibao")
    assert [text.in_language(tag) for tag in ("zh_Hans", "zh-CN", "en", "en-GB", "fr")] == [
        *("低保", "低保", "Dibao", "Dibao", "低保")
    ]


# ---- what is refused


def test_data_that_is_not_a_catalogue() -> None:
    wrong: list[Any] = [{}, {"services": []}, {"services": "none"}, []]
    for raw in wrong:
        with pytest.raises(CatalogueError, match="no list of services"):
            parse_catalogue(raw)


def changed(raw: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entry = copy.deepcopy(raw["services"][0]) | fields
    return {"services": [{key: value for key, value in entry.items() if value is not ...}]}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"eligibility_zh": " "}, "Item MZ-001: eligibility_zh is empty"),
        ({"eligibility_zh": ..., "eligibility_en": ...}, "Item MZ-001: eligibility is missing"),
        ({"eligibility_en": ...}, "Item MZ-001: eligibility_en is missing"),
        ({"materials": []}, "Item MZ-001: materials is empty; a guide can't be published without them"),
        ({"steps": []}, "Item MZ-001: steps is empty; a guide can't be published without its process"),
        ({"target_groups": []}, "Item MZ-001: target_groups is empty"),
        ({"slug": "Di Bao"}, "Item MZ-001: slug 'Di Bao' must be lower-case words joined by hyphens"),
        ({"visits_required": -1}, "Item MZ-001: visits_required may not be below 0"),
        ({"visits_required": True}, "Item MZ-001: visits_required must be int, not bool"),
        ({"proxy_allowed": "yes"}, "Item MZ-001: proxy_allowed must be bool, not str"),
        ({"keywords": "低保"}, "Item MZ-001: keywords must be a list, not str"),
        ({"keywords": ["低保", 4050]}, "Item MZ-001: keywords[1] must be text, not int"),
        ({"audience": "people"}, "Item MZ-001: audience is 'people'; it may be natural_person, organisation"),
        ({"fee": None}, "Item MZ-001: fee is missing"),
        ({"fee": []}, "Item MZ-001: fee must be a mapping, not list"),
        ({"fee": {"charged": False, "amount_fen": 500}}, "Item MZ-001: fee.charged and fee.amount_fen contradict"),
        (
            {"fee": {"charged": True, "amount_fen": 500}},
            "Item MZ-001: fee.basis is missing for a fee that is charged",
        ),
        ({"nmae_zh": "低保"}, "Item MZ-001: nmae_zh is not a field known here"),
        ({"steps": [{"titel_zh": "申请"}]}, "Item MZ-001: steps[0].titel_zh is not a field known here"),
        ({"name_zh": ..., "name_en": ...}, "Item MZ-001: name is missing"),
    ],
)
def test_a_fault_is_a_sentence_naming_item_and_field(
    raw: dict[str, Any], fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(changed(raw, **fields))
    assert caught.value.faults == (sentence,)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"originals": 0, "copies": 0}, "originals or copies must be at least 1"),
        ({"copies": -1}, "originals and copies may not be below 0"),
        ({"original_action": ...}, "original_action is missing"),
        ({"necessity": "conditional"}, "condition_zh is missing for a conditional material"),
        ({"question_zh": "有吗？", "question_en": "Any?"}, "question_zh is for conditional materials only"),
    ],
)
def test_a_fault_of_a_material_names_it(raw: dict[str, Any], fields: dict[str, Any], sentence: str) -> None:
    listed = copy.deepcopy(raw["services"][0]["materials"])
    listed[0] = {key: value for key, value in (listed[0] | fields).items() if value is not ...}
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(changed(raw, materials=listed))
    assert caught.value.faults[0] == f"Item MZ-001: material FORM: {sentence}"


def test_a_condition_without_its_question_is_refused(raw: dict[str, Any]) -> None:
    listed = copy.deepcopy(raw["services"][0]["materials"])
    asked = next(one for one in listed if one["necessity"] == Necessity.CONDITIONAL)
    del asked["question_zh"], asked["question_en"]
    with pytest.raises(CatalogueError, match="material INCOME: question_zh is missing"):
        parse_catalogue(changed(raw, materials=listed))


def test_one_material_twice_is_refused(raw: dict[str, Any]) -> None:
    listed = raw["services"][0]["materials"]
    with pytest.raises(CatalogueError, match="Item MZ-001: materials names FORM 2 times"):
        parse_catalogue(changed(raw, materials=[*listed, listed[0]]))


@pytest.mark.parametrize(
    ("committed", "statutory", "refused"),
    [
        ((20, DayUnit.WORKING_DAY), (20, DayUnit.WORKING_DAY), False),
        ((21, DayUnit.WORKING_DAY), (20, DayUnit.WORKING_DAY), True),
        ((30, DayUnit.CALENDAR_DAY), (29, DayUnit.CALENDAR_DAY), True),
        ((21, DayUnit.WORKING_DAY), (20, DayUnit.CALENDAR_DAY), True),
        ((25, DayUnit.CALENDAR_DAY), (20, DayUnit.WORKING_DAY), False),  # 25 days may be 18 working days
    ],
)
def test_a_promise_may_not_be_longer_than_the_law_allows(
    raw: dict[str, Any], committed: tuple[int, str], statutory: tuple[int, str], refused: bool
) -> None:
    limits = {
        name: {"value": value, "unit": unit, "provenance": "sample"}
        for name, (value, unit) in (("committed_limit", committed), ("statutory_limit", statutory))
    }
    item = item_from_json(changed(raw, **limits)["services"][0])
    expected = ["Item MZ-001: committed_limit is longer than statutory_limit"] if refused else []
    assert faults_of(item) == expected


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"value": 5}, "committed_limit.value and committed_limit.unit belong together"),
        ({"value": 0, "unit": "working_day"}, "committed_limit.value must be at least 1 day"),
        ({}, "committed_limit.value is missing"),
    ],
)
def test_a_promise_is_a_whole_limit(raw: dict[str, Any], limit: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(changed(raw, committed_limit=limit | {"provenance": "sample"}))
    assert caught.value.faults == (f"Item MZ-001: {sentence}",)


def test_codes_and_slugs_are_unique_and_all_faults_come_at_once(raw: dict[str, Any]) -> None:
    one = raw["services"][0]
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue({"services": [one, one, one | {"fee": None}, "dibao"]})
    assert caught.value.faults == (
        "Item MZ-001: fee is missing",
        "Entry 4 of services: ServiceItem must be a mapping, not str",
        "code MZ-001 is used by 2 entries",
        "slug dibao-apply is used by 2 entries",
    )


def test_lists_beside_the_catalogue_refuse_a_code_twice() -> None:
    group = {"code": "tekun", "title_zh": "特困", "title_en": "Tekun"}
    with pytest.raises(CatalogueError, match="code tekun is used by 2 entries"):
        parse_target_groups({"target_groups": [group, group]})


def test_a_stored_version_without_a_required_field_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="code is missing"):
        item_from_json({})
