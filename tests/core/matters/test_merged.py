"""Two rows were one person: what belonged to either is hers, and she is nobody else at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from lianxin.access.actor import Actor
from lianxin.access.models import Grant
from lianxin.access.sessions import load_actor, open_session
from lianxin.declarations import Refused
from lianxin.directory.people import merge_people, same_person_ids, undo_merge
from lianxin.matters.claiming import claim, hand_over
from lianxin.matters.detail import buttons, find_visible, get_detail
from lianxin.matters.noting import add_note
from lianxin.matters.queries import list_mine, list_queue
from tests.core.matters.scene import Scene, counted_queries

pytestmark = pytest.mark.anyio


async def signed_in(scene: Scene, name: str, *, staff: bool = False) -> Actor:
    """She as a request knows her, just now."""
    opened = await open_session(scene.people[name].id, method="demo", staff=staff, now=scene.now)
    held = await load_actor(opened.token, scene.now)
    assert held is not None
    return replace(held[1], grants=scene.actor("clerk").grants) if staff else held[1]


async def joined(scene: Scene) -> None:
    """The applicant's row goes into the helper's, and that one into the clerk's."""
    ids = {name: person.id for name, person in scene.people.items()}
    await merge_people(ids["helper"], ids["applicant"], now=scene.now)
    await merge_people(ids["clerk"], ids["helper"], now=scene.now + timedelta(hours=1))


async def test_the_matters_of_both_rows_are_hers(scene: Scene) -> None:
    applied = await scene.matter(by="clerk_for_applicant")
    await merge_people(scene.people["stranger"].id, scene.people["applicant"].id, now=scene.now)
    her = await signed_in(scene, "stranger")
    seen = await find_visible(applied.code, her)
    assert seen is not None
    assert "withdraw" in {each.name for each in buttons(seen, her)}
    mine = await list_mine(her.person_ids, now=scene.now)
    assert [(row.code, row.for_other) for row in mine.rows] == [(applied.code, "")]
    await undo_merge(scene.people["applicant"].id, now=scene.now)
    her = await signed_in(scene, "stranger")
    assert await find_visible(applied.code, her) is None
    assert (await list_mine(her.person_ids, now=scene.now)).rows == []


async def test_nobody_handles_what_another_row_of_hers_applied_for(scene: Scene) -> None:
    matter = await scene.matter()
    await add_note(matter, "among colleagues", by=scene.actor("supervisor"), now=scene.now)
    clerk = await signed_in(scene, "clerk", staff=True)
    assert [row.code for row in (await list_queue(clerk, now=scene.now)).rows] == [matter.code]
    assert {each.name for each in buttons(matter, clerk)} == {"accept", "ask_more"}
    await joined(scene)
    clerk = await signed_in(scene, "clerk", staff=True)
    assert (await list_queue(clerk, now=scene.now)).rows == []
    assert {each.name for each in buttons(matter, clerk)} == {"withdraw"}
    assert (await get_detail(matter, clerk, now=scene.now)).notes == ()
    with pytest.raises(Refused, match=r"matters\.own"):
        await claim(matter, by=clerk, now=scene.now)


async def test_nobody_is_handed_what_another_row_of_hers_applied_for(scene: Scene) -> None:
    matter = await scene.matter()
    clerk = scene.people["clerk"].id
    await Grant.create(person_id=clerk, role="station_staff", valid_from=scene.now, created_at=scene.now)
    await joined(scene)
    with pytest.raises(Refused, match=r"matters\.own"):
        await hand_over(matter, clerk, by=scene.actor("supervisor"), now=scene.now)


async def test_all_her_rows_are_told_by_one_query(scene: Scene) -> None:
    ids = {name: person.id for name, person in scene.people.items()}
    await joined(scene)
    with counted_queries() as told:
        found = await same_person_ids(ids["clerk"])
    assert (found, len(told)) == ([ids["clerk"], ids["helper"], ids["applicant"]], 1)
    assert (await signed_in(scene, "clerk")).person_ids == tuple(found)


@pytest.mark.parametrize(
    ("parted", "left"), [("applicant", ["clerk", "helper"]), ("helper", ["clerk"])], ids=["the first", "the last"]
)
async def test_taking_apart_is_felt_all_the_way_up(scene: Scene, parted: str, left: list[str]) -> None:
    ids: dict[str, UUID] = {name: person.id for name, person in scene.people.items()}
    await joined(scene)
    await undo_merge(ids[parted], now=scene.now + timedelta(hours=2))
    assert await same_person_ids(ids["clerk"]) == [ids[name] for name in left]
    hers = {"applicant": [], "helper": ["applicant"]}[parted]
    assert await same_person_ids(ids[parted]) == [ids[parted], *(ids[name] for name in hers)]
