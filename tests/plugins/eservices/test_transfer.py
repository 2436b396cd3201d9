"""A catalogue written as YAML and read back is the same, whatever stands in it; and 5,000 items go live in seconds."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from lianxin.api import unit_of_work
from lianxin.testing.queries import count_queries
from lianxin.testing.site import TestSite
from lianxin_eservices import data
from lianxin_eservices.actions.publishing import load_catalogue, publish_items
from lianxin_eservices.commands import COMMANDS
from lianxin_eservices.models import Edition, Item, ItemVersion
from lianxin_eservices.queries.items import find_items, list_published
from lianxin_eservices.queries.transfer import as_text, export_catalogue, read_catalogue
from lianxin_eservices.rules.catalogue import CatalogueError, item_to_json, parse_catalogue
from lianxin_eservices.rules.comparing import differences
from lianxin_eservices.rules.item import KeepTimes, NoticeTexts, ServiceItem
from lianxin_eservices.rules.plain import Text
from lianxin_eservices.rules.question import Choice, ExtraQuestion, QuestionKind
from tests.plugins.eservices.people import staff

ITEMS = parse_catalogue(data.read("services"))
# Letters of both languages and outside the basic plane, and all that YAML gives a meaning.
LETTERS = "低保养老𬍛㛃·aZ09 :#'\"|>-?*&!%@`{}[],~\\=<.…“”—\n\t\u00a0\u2028é"
words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=30).filter(str.strip)
texts = st.builds(Text, words, words)
numbers = st.none() | st.integers(1, 100)
kinds = st.sampled_from(QuestionKind)


@st.composite
def questions(draw: Any) -> tuple[ExtraQuestion, ...]:
    made: list[ExtraQuestion] = []
    for place in range(draw(st.integers(0, 4))):
        kind = draw(kinds)
        chooses = kind in (QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES)
        before = [one for one in made if one.kind is QuestionKind.YES_NO]
        made.append(
            ExtraQuestion(
                f"Q{place}",
                kind,
                draw(texts),
                draw(st.booleans()),
                draw(st.none() | texts),
                (Choice("a", draw(texts)), Choice("b", draw(texts))) if chooses else (),
                f"{before[-1].code} = yes" if before and draw(st.booleans()) else None,
            )
        )
    return tuple(made)


items = st.builds(
    lambda item, name, note, asked, times, notices: replace(
        item, name=name, note=note, questions=asked, keep_times=times, notices=notices
    ),
    st.sampled_from(ITEMS),
    texts,
    st.none() | texts,
    questions(),
    st.none() | st.builds(KeepTimes, numbers, numbers, numbers),
    st.none() | st.builds(NoticeTexts, *[st.none() | texts] * 5),
)


@given(items)
def test_an_item_written_and_read_back_is_the_same(item: ServiceItem) -> None:
    assert read_catalogue(as_text([item])) == (item,)


@given(items, items)
def test_a_comparison_shows_something_exactly_where_something_changed(one: ServiceItem, other: ServiceItem) -> None:
    old, new = item_to_json(one), item_to_json(other)
    assert bool(differences(old, new)) is (old != new)
    assert differences(old, old) == ()
    there = {(each.path, str(each.old), str(each.new)) for each in differences(old, new)}
    back = {(each.path, str(each.new), str(each.old)) for each in differences(new, old)}
    assert there == back


def test_the_whole_catalogue_written_and_read_back_is_the_same() -> None:
    assert read_catalogue(as_text(ITEMS)) == ITEMS


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", "no YAML"),
        ("", "no list of services"),
        ("schema: other/2\nservices: []", "another kind"),
        ("!!python/object/apply:os.system [true]", "no YAML"),
        ("&a [*a]", "no list of services"),
        (as_text(ITEMS[:1]).replace("life_event: hardship", "life_event: nowhere"), "nowhere"),
        (as_text(ITEMS[:1]).replace("department: civil_affairs", "department: nobody"), "nobody"),
    ],
)
def test_a_file_that_is_no_catalogue_says_why(text: str, fault: str) -> None:
    with pytest.raises(CatalogueError, match=fault):
        read_catalogue(text)


@pytest.mark.anyio
async def test_the_commands_take_the_catalogue_out_and_put_it_in(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = {each.name: each.run for each in COMMANDS}
    whole = await run["export-catalogue"]()
    monkeypatch.setattr(sys, "stdin", io.StringIO(whole))
    assert await run["import-catalogue"]() == "0 items published or renewed, 57 were the same."
    monkeypatch.setattr(sys, "stdin", io.StringIO(whole.replace("申请低保", "办低保")))
    assert (await run["import-catalogue"]()).startswith("1 items")
    assert "办低保" in await export_catalogue("MZ-001")


@pytest.mark.anyio
async def test_what_somebody_here_published_is_not_loaded_over(county: TestSite) -> None:
    ours = replace(ITEMS[0], plain_name=Text("办低保", "Dibao"))
    by = (await staff("昝雨薇", county)).person_id
    assert await publish_items([ours], now=county.clock(), by_id=by, reorder=False) == 1
    assert await load_catalogue(now=county.clock()) == 0
    assert "办低保" in await export_catalogue("MZ-001")
    theirs = replace(ITEMS[1], plain_name=Text("低保边缘", "Near dibao"))
    assert await publish_items([theirs], now=county.clock(), reorder=False) == 1
    assert await load_catalogue(now=county.clock()) == 1


@pytest.mark.anyio
async def test_five_thousand_items_are_published_together(site: TestSite) -> None:
    many = [replace(ITEMS[n % 57], code=f"XX-{n:05d}", slug=f"made-{n}") for n in range(5000)]
    assert await publish_items(many, now=site.clock(), reorder=False) == 5000
    again = [replace(one, visits_required=one.visits_required + 1) for one in many]
    assert await publish_items([*again[:200], *many[200:]], now=site.clock(), reorder=False) == 200
    assert await ItemVersion.filter(item__code__startswith="XX-").count() == 5200
    live = await Item.filter(code="XX-00001").values_list("current_id", flat=True)
    assert (await ItemVersion.get(id=live[0])).number == 2


@pytest.mark.anyio
async def test_the_catalogue_is_read_anew_only_after_somebody_has_published(site: TestSite) -> None:
    await list_published()
    with count_queries() as again:
        found = await list_published()
    assert (len(again), len(found)) == (1, 57)
    await publish_items([replace(ITEMS[0], plain_name=Text("办低保", "Dibao"))], now=site.clock(), reorder=False)
    assert (await list_published())[0].guide.plain_name.zh == "办低保"
    assert (await find_items("办低保"))[0].guide.code == ITEMS[0].code
    with count_queries() as asked:
        await find_items("低保")
    assert len(asked) == 1


@pytest.mark.anyio
async def test_there_is_one_mark_of_the_catalogue(site: TestSite) -> None:
    with pytest.raises(IntegrityError):
        async with unit_of_work():
            await Edition.create(mark=uuid4())
