"""Queues and details: what stands in them, for whom, in which order, at how many queries."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from lianxin.data.paging import encode_key
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import use_language
from lianxin.matters.advancing import advance
from lianxin.matters.claiming import claim, remind
from lianxin.matters.detail import find_visible, get_detail, get_visible, matter_loader
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Matter
from lianxin.matters.noting import add_note, rate, rating_of
from lianxin.matters.queries import View, list_mine, list_queue
from lianxin.shells.desk.counting import count_queue, shown_count
from lianxin.values.codes import show_code
from tests.core.matters.scene import ACCEPT_CLOCK, Scene, counted_queries

pytestmark = pytest.mark.anyio


async def codes(scene: Scene, who: str, view: View = "all", **more: str) -> list[str]:
    """What stands in somebody's queue."""
    return [row.code for row in (await list_queue(scene.actor(who), view=view, now=scene.now, **more)).rows]


async def due(matter: MatterInfo, hours: int | None, scene: Scene) -> MatterInfo:
    """The matter, due so many hours from now."""
    async with unit_of_work():
        at = None if hours is None else scene.now + timedelta(hours=hours)
        await Matter.filter(id=matter.id).update(due_at=at)
    return matter


async def test_overdue_first_and_without_a_clock_last(scene: Scene):
    none, later, late = [await due(await scene.matter(), hours, scene) for hours in (None, 5, -5)]
    page = await list_queue(scene.actor("clerk"), now=scene.now)
    assert [row.code for row in page.rows] == [late.code, later.code, none.code]
    assert [row.late for row in page.rows] == [True, False, False]
    assert page.next_key is None


async def test_pages_follow_each_other_whatever_comes_between(scene: Scene):
    made = [await due(await scene.matter(), hours, scene) for hours in (-3, -3, 1, 2, None, None, None)]
    seen: list[str] = []
    key: str | None = ""
    while key is not None:
        page = await list_queue(scene.actor("clerk"), after=key, size=2, now=scene.now)
        assert len(page.rows) <= 2
        seen += [row.code for row in page.rows]
        key = page.next_key
        await due(await scene.matter(), -50, scene)
    assert sorted(seen) == sorted(matter.code for matter in made)
    first = await list_queue(scene.actor("clerk"), now=scene.now)
    for forged in ("forged", encode_key(["no time", str(made[0].id)]), encode_key(["", "no id"])):
        assert await list_queue(scene.actor("clerk"), after=forged, now=scene.now) == first


async def test_each_sees_her_own_queue(scene: Scene):
    waiting = await scene.matter()
    decided = await advance(await scene.matter(), "accept", by=scene.actor("clerk"), now=scene.now)
    elsewhere = await scene.matter(code_area=scene.there)
    closed = await advance(await scene.matter(), "withdraw", by=scene.actor("applicant"), now=scene.now)
    assert closed.closed_at is not None
    assert await codes(scene, "clerk") == [waiting.code]
    assert await codes(scene, "clerk", "elsewhere") == [decided.code]
    assert await codes(scene, "clerk_there") == [elsewhere.code]
    assert await codes(scene, "officer") == [decided.code]
    assert sorted(await codes(scene, "supervisor")) == sorted([waiting.code, decided.code, elsewhere.code])
    for nobody in ("officer_else", "stranger", "applicant", "helper", "applicant_at_desk", "clerk_by_phone"):
        assert await codes(scene, nobody) == [], nobody


async def test_restricted_matters_are_not_for_everybody(scene: Scene):
    matter = await scene.matter(confidentiality="restricted")
    assert await codes(scene, "clerk") == []
    assert await find_visible(matter.code, scene.actor("clerk")) is None
    assert await find_visible(matter.code, scene.actor("applicant")) is not None


async def test_chips_count_what_their_lists_hold(scene: Scene):
    late, free = await due(await scene.matter(), -5, scene), await scene.matter()
    await claim(free, by=scene.actor("clerk"), now=scene.now)
    counts = await count_queue(scene.actor("clerk"), now=scene.now)
    assert (counts.all, counts.mine, counts.unclaimed, counts.overdue) == (2, 1, 1, 1)
    assert await codes(scene, "clerk", "mine") == [free.code]
    assert await codes(scene, "clerk", "unclaimed") == await codes(scene, "clerk", "overdue") == [late.code]
    assert await codes(scene, "clerk", flow="test.case") == await codes(scene, "clerk")


async def test_nobody_counts_further_than_is_shown(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        await scene.matter()
    monkeypatch.setattr("lianxin.matters.queries.MOST_COUNTED", 2)
    counts = await count_queue(scene.actor("clerk"), now=scene.now)
    assert (counts.all, counts.mine, counts.overdue) == (2, 0, 0)
    assert (shown_count(999), shown_count(1000)) == ("999", "999+")


async def test_what_she_entered_for_a_neighbour_is_no_work_of_hers(scene: Scene):
    """As a resident she sees it among her matters; the desk of another place has it in its queue."""
    clerk = scene.people["clerk"].id
    matter = await scene.matter(code_area=scene.there)
    await Matter.filter(id=matter.id).update(made_by_id=clerk)
    assert await codes(scene, "clerk") == []
    assert [row.code for row in (await list_mine([clerk], now=scene.now)).rows] == [matter.code]


async def test_found_by_code_title_or_name(scene: Scene):
    matter = await scene.matter(title="残疾人证", title_en="Disability card")
    await scene.matter()
    for text in (show_code(matter.code).lower(), "残疾", "disability"):
        assert await codes(scene, "clerk", text=text) == [matter.code], text
    assert len(await codes(scene, "clerk", text="王applicant")) == 2
    assert await codes(scene, "clerk", text="王appl") == []


async def test_a_row_says_what_the_desk_needs_and_masks_names(scene: Scene):
    matter = await scene.matter(title_en="Pension")
    await remind(await claim(matter, by=scene.actor("clerk"), now=scene.now), by=scene.actor("helper"), now=scene.now)
    (row,) = (await list_queue(scene.actor("clerk"), now=scene.now)).rows
    assert (row.owner, row.mine, row.applicant, row.reminders) == ("王****k", True, "王********t", 1)
    assert (row.title, row.state, row.area, row.provisional) == ("养老保险参保", "Received", "510821107", True)
    with use_language("en"):
        assert (await list_queue(scene.actor("clerk"), now=scene.now)).rows[0].title == "Pension"


async def test_three_rows_cost_what_one_costs(scene: Scene):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            matter = await scene.matter()
        await add_note(matter, "a", by=scene.actor("clerk"), now=scene.now)
        await claim(matter, by=scene.actor("clerk"), now=scene.now)
        with counted_queries() as told:
            await list_queue(scene.actor("clerk"), now=scene.now)
            await count_queue(scene.actor("clerk"), now=scene.now)
            await list_mine([scene.people["applicant"].id], now=scene.now)
            await get_detail(await get_visible(matter.code, scene.actor("clerk")), scene.actor("clerk"), now=scene.now)
        counts.append(len(told))
    assert counts[0] == counts[1] > 0


async def test_mine_are_those_for_me_and_those_i_made_for_others(scene: Scene):
    first = await scene.matter()
    at_desk = await scene.matter(by="clerk_for_applicant")
    mine = await list_mine([scene.people["applicant"].id], now=scene.now)
    assert [row.code for row in mine.rows] == [at_desk.code, first.code]
    made = await list_mine([scene.people["helper"].id], now=scene.now)
    assert [(row.code, row.for_other) for row in made.rows] == [(first.code, "王********t")]
    assert (await list_mine([scene.people["clerk"].id], now=scene.now)).rows == []
    page = await list_mine([scene.people["applicant"].id], size=1, now=scene.now)
    following = await list_mine([scene.people["applicant"].id], after=page.next_key or "", size=1, now=scene.now)
    assert ([row.code for row in following.rows], following.next_key) == ([first.code], None)


async def test_what_is_not_hers_is_not_there(scene: Scene):
    matter = await scene.matter()
    seen = {name for name in scene.actors if await find_visible(matter.code, scene.actor(name))}
    assert seen == {
        *("applicant", "applicant_at_desk", "helper", "clerk", "clerk_for_applicant"),
        *("officer", "supervisor", "system"),
    }
    for code in (matter.code, "00000000", "no code"):
        with pytest.raises(Refused) as none:
            await matter_loader("test.case").load(SimpleNamespace(actor=scene.actor("stranger")), code)
        assert (none.value.code, none.value.status) == ("matters.none", 404)
    visit = SimpleNamespace(actor=scene.actor("clerk"))
    assert (await matter_loader("test.case").load(visit, show_code(matter.code))).id == matter.id
    with pytest.raises(Refused):
        await matter_loader("other.flow").load(visit, matter.code)


async def test_the_whole_matter_in_words(scene: Scene):
    matter = await scene.matter()
    await advance(matter, "ask_more", by=scene.actor("clerk"), now=scene.now, remark="the photo")
    seen = await get_visible(matter.code, scene.actor("applicant"))
    with use_language("en"):
        detail = await get_detail(seen, scene.actor("applicant"), now=scene.now)
    assert [(line.title, line.who, line.remark) for line in detail.steps] == [
        ("Ask for more", "王****k", "the photo"),
        ("Received", "王*****r", ""),
    ]
    assert [(line.kind, line.state) for line in detail.clocks] == [("accept", "paused")]
    assert detail.says == "It is correcting."
    assert [each.name for each in detail.buttons] == ["complete", "withdraw"]


async def test_notes_among_colleagues_stay_there(scene: Scene):
    matter = await scene.matter()
    await add_note(matter, "inside", by=scene.actor("clerk"), now=scene.now)
    await add_note(matter, "for all", by=scene.actor("clerk"), now=scene.now, public=True)
    told = {}
    for who in ("clerk", "supervisor", "applicant", "helper", "applicant_at_desk"):
        detail = await get_detail(matter, scene.actor(who), now=scene.now)
        told[who] = sorted(note.text for note in detail.notes)
    both, public = ["for all", "inside"], ["for all"]
    assert told == {
        "clerk": both,
        "supervisor": both,
        "applicant": public,
        "helper": public,
        "applicant_at_desk": public,
    }


async def test_rated_once_by_one_of_five(scene: Scene):
    matter = await scene.matter(clocks=ACCEPT_CLOCK)
    for grade in (0, 6):
        with pytest.raises(Refused) as bad:
            await rate(matter, grade, "", by=scene.actor("applicant"), now=scene.now)
        assert bad.value.field == "grade"
    await rate(matter, 2, "slow", by=scene.actor("applicant"), now=scene.now)
    with pytest.raises(Refused, match=r"matters\.rated"):
        await rate(matter, 5, "", by=scene.actor("applicant"), now=scene.now)
    rating = await rating_of(matter.id)
    assert rating is not None
    assert (rating.grade, rating.remark) == (2, "slow")
