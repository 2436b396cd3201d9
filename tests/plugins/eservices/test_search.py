"""Finding the 57 items by name, plain name, keyword, pinyin, initials and English."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin_eservices import data
from lianxin_eservices.rules.catalogue import parse_catalogue
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.search import read_query, score
from lianxin_eservices.rules.search_index import SearchIndex, search
from lianxin_eservices.rules.search_keys import SearchKeys, search_keys
from lianxin_eservices.rules.spelling import folded, initials, readings
from lianxin_eservices.rules.wording import LONGEST, bigrams, plain_words, squash, wish

ITEMS = parse_catalogue(data.read("services"))
ENTRIES = tuple(search_keys(item) for item in ITEMS)
NAMES = [(item.code, name) for item in ITEMS for name in (item.name.zh, item.plain_name.zh)]
ENGLISH_NAMES = [(item.code, name) for item in ITEMS for name in (item.name.en, item.plain_name.en)]


INDEX = SearchIndex(ENTRIES)


def found(query: str) -> list[str]:
    return [keys.code for keys in INDEX.search(query)]


def full(text: str) -> str:
    return "".join(next(readings(squash(text))))


def short(text: str) -> str:
    return initials(next(readings(squash(text))))


def chinese_keys(item: ServiceItem) -> tuple[str, ...]:
    return (item.name.zh, item.plain_name.zh, *item.keywords)


@pytest.mark.parametrize(("code", "name"), [*NAMES, *ENGLISH_NAMES])
def test_an_item_stands_in_the_first_five_for_its_names(code: str, name: str) -> None:
    assert code in found(name)[:5]


@pytest.mark.parametrize("typed_as", [str, full, short], ids=["keyword", "pinyin", "initials"])
def test_an_item_stands_in_the_first_ten_for_each_key_or_among_all_that_share_it(
    typed_as: Callable[[str], str],
) -> None:
    owners: dict[str, set[str]] = {}
    for item in ITEMS:
        for key in chinese_keys(item):
            owners.setdefault(typed_as(key), set()).add(item.code)
    assert len(owners) > 150
    for typed, codes in owners.items():
        answer = found(typed)
        assert codes <= set(answer[: max(10, len(codes))]), typed


def test_an_item_stands_in_the_first_ten_for_each_english_keyword_or_among_all_that_share_it() -> None:
    owners: dict[str, set[str]] = {}
    for item in ITEMS:
        for keyword in item.keywords_en:
            owners.setdefault(keyword, set()).add(item.code)
    for keyword, codes in owners.items():
        assert codes <= set(found(keyword)[: max(10, len(codes))]), keyword


@pytest.mark.parametrize(
    "query",
    ["zzzz", "火箭", "", "   ", "？！", "qwerty", "rocket", "天气", "火车票", "hello", "ｚｚｚｚ", "😀", "\x00", "the"],
)
def test_what_resembles_nothing_finds_nothing(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("养老保险", "RS-001"),
        ("yanglao", "RS-001"),
        ("ylbx", "RS-001"),
        ("我想办养老保险", "RS-001"),
        ("请问一下怎么办理养老保险？", "RS-001"),
        ("pension", "RS-001"),
        ("how do I enrol in the pension scheme", "RS-001"),
        ("gaoling jintie", "MZ-007"),
        ("gaolin jintie", "MZ-007"),  # as it sounds to many here: n for ng
        ("Gāolíng  JĪNTIĒ", "MZ-007"),
        ("ｇａｏｌｉｎｇ", "MZ-007"),
        ("80岁", "MZ-007"),
        ("低保咋个办", "MZ-001"),
        ("底保", "MZ-001"),  # a wrong character that sounds right
        ("社保卡补办", "RS-009"),
        ("社保卡丢了怎么办", "RS-009"),
        ("残疾证 丢了", "CL-004"),
        ("我妈瘫痪了能领什么补贴", "MZ-009"),
        ("生娃怎么报销", "YB-011"),
        ("丈夫去世了", "MZ-015"),
        ("chongxin pingcan", "CL-003"),
        ("zhongxin pingcan", "CL-003"),
        ("wheelchairs", "CL-011"),
        ("lost card", "RS-009"),
        ("MZ-018", "MZ-018"),
        ("4050", "RS-012"),
        ("结婚", "MZ-018"),
    ],
)
def test_ordinary_ways_of_asking_lead_to_the_item(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_an_item_named_by_one_word_of_a_long_question_is_found() -> None:
    assert "MZ-009" in found("隔壁王大爷瘫痪在床两年了家里没有人照看想问问政府有没有什么办法")


def test_what_only_the_conditions_say_is_found_after_what_names_say() -> None:
    """服刑 stands only in the conditions of one allowance for children."""
    assert found("服刑") == ["MZ-013"]
    answer = found("低保")
    assert answer[0] == "MZ-001"
    assert answer.index("YB-004") < answer.index("MZ-016")


def test_at_most_twenty_come_back_and_fewer_when_asked() -> None:
    many = [keys for keys in ENTRIES for _ in range(3)]
    assert len(search("残疾", many)) == 20
    assert [len(search("残疾", many, most=most)) for most in (5, 1, 0, -1)] == [5, 1, 0, 0]


def test_equal_matches_keep_the_order_of_the_catalogue() -> None:
    same = [ENTRIES[0], ENTRIES[0]]
    assert [keys is same[0] for keys in search("低保", same)] == [True, True]
    assert found("补贴") == found("补贴")


def compared(query: str) -> list[str]:
    """Without an index: each service is compared, the best come first."""
    asked = read_query(query)
    ranked = [(score(asked, keys), -keys.length, -place) for place, keys in enumerate(ENTRIES)] if asked.whole else []
    return [ENTRIES[-place].code for rank, _, place in sorted(ranked, reverse=True) if rank > 0][:20]


PIECES = st.sampled_from(
    [
        line[start : start + length]
        for keys in ENTRIES[::4]
        for text in (keys.names, keys.spelled, keys.initials, keys.english, keys.guide)
        for line in text.split("\n")[:4]
        for start, length in ((0, 2), (1, 1), (2, 6), (0, 64))
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), min_size=1, max_size=3), st.sampled_from(["", " ", "的"]))
@settings(max_examples=500, deadline=None)
def test_the_index_finds_what_comparing_each_finds(pieces: list[str], between: str) -> None:
    query = between.join(pieces)
    expected = compared(query)
    assert found(query) == expected or expected == []


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered_alike_each_time_by_at_most_twenty(query: str) -> None:
    answer = INDEX.search(query)
    assert len(answer) <= 20
    assert len({keys.code for keys in answer}) == len(answer)
    assert INDEX.search(query) == answer


@given(
    st.sampled_from(NAMES), st.sampled_from(["", " ", "　", "，"]), st.sampled_from(["我想", "请问怎么", "帮我", ""])
)
@settings(max_examples=200, deadline=None)
def test_words_and_spaces_around_a_name_do_not_hide_it(named: tuple[str, str], space: str, before: str) -> None:
    code, name = named
    assert code in found(before + space + space.join(name))[:10]


@given(st.characters(codec="utf-8"), st.integers(min_value=1, max_value=5000))
@settings(max_examples=100, deadline=None)
def test_a_pasted_letter_costs_no_more_than_a_line(char: str, times: int) -> None:
    assert len(squash(char * times)) <= LONGEST
    assert len(INDEX.search(char * times)) <= 20


def test_lone_halves_of_characters_are_taken_as_text() -> None:
    assert isinstance(found("低保\ud800"), list)


def test_an_item_without_keywords_is_found_by_its_name() -> None:
    content = data.read("services")["services"][0] | {"keywords": [], "keywords_en": []}
    keys: SearchKeys = search_keys(parse_catalogue({"services": [content]})[0])
    assert search("最低生活保障", [keys]) == [keys]


# ---- the parts


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("长期", {"changqi", "zhangqi"}),
        ("给付", {"jifu", "geifu"}),
        ("重新评残", {"chongxinpingcan", "zhongxinpingcan"}),
        ("重残", {"zhongcan", "chongcan"}),
        ("高血压", {"gaoxueya", "gaoxieya"}),
        ("银行", {"yinhang", "yinxing"}),
        ("80岁", {"80sui"}),
        ("养老", {"yanglao"}),
    ],
)
def test_a_word_has_the_readings_that_people_type(word: str, expected: set[str]) -> None:
    assert {"".join(reading) for reading in readings(word)} == expected


def test_the_first_reading_of_every_key_is_that_of_its_words() -> None:
    """The reading by words of pypinyin, asked in a process of its own because its phrase table is large."""
    words = sorted({squash(key) for item in ITEMS for key in chinese_keys(item) if not key.isascii()})
    program = (
        "import sys; from pypinyin import lazy_pinyin\n"
        "for word in sys.stdin.read().split(): print(''.join(lazy_pinyin(word)))"
    )
    process = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(words),
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=True,
    )
    assert dict(zip(words, process.stdout.split(), strict=True)) == {word: full(word) for word in words}


def test_initials_keep_numbers_whole() -> None:
    assert short("养老保险") == "ylbx"
    assert short("4050社保补贴") == "4050sbbt"


def test_spelling_by_ear() -> None:
    assert folded("zhangliang") == folded("zanniang") == folded("zanlian")
    assert folded("lv") == folded("lu")


def test_words_are_brought_to_one_form() -> None:
    assert plain_words(" Ｙǎng－lǎo，80岁 ") == ["yang", "lao", "80岁"]
    assert squash("Ｙǎng－lǎo") == "yanglao"
    assert bigrams("养老") == {"养老"}
    assert bigrams("养") == frozenset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("我想办养老保险", "养老保险"),
        ("低保怎么办", "低保"),
        ("请问高龄津贴需要什么材料", "高龄津贴"),
        ("办证", "办证"),  # one character left would mean anything
        ("怎么办", "怎么办"),
        ("养老保险", "养老保险"),
    ],
)
def test_the_wish_is_what_remains_without_the_words_around_it(typed: str, meant: str) -> None:
    assert wish(typed) == meant
