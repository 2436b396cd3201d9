"""Child work: whose queue it stands in, done once; and the question whether two rows are one person."""

from __future__ import annotations

import asyncio

import pytest

from lianxin.access.actor import Actor
from lianxin.declarations import Refused
from lianxin.matters.advancing import advance
from lianxin.matters.models import Task
from lianxin.matters.tasks import SAME_PERSON, ask_same_person, finish_task, list_tasks, tasks_of
from tests.core.matters.scene import Scene, staff

pytestmark = pytest.mark.anyio


def grid_worker(scene: Scene, who: str = "stranger") -> Actor:
    """Somebody who goes on foot."""
    return staff(scene.people[who].id, "grid_worker", scene.here)


async def decided(scene: Scene) -> Task:
    """The task that a decision opened."""
    matter = await advance(await scene.matter(), "accept", by=scene.actor("clerk"), now=scene.now)
    await advance(matter, "decide", by=scene.actor("officer"), now=scene.now)
    return await Task.get(matter_id=matter.id)


async def test_a_task_stands_in_the_queue_of_its_role_and_place(scene: Scene):
    task = await decided(scene)
    (shown,) = await list_tasks(grid_worker(scene))
    assert (shown.id, shown.title, shown.note, shown.matter_title) == (task.id, "Visit", "bring it", "养老保险参保")
    assert shown.due_at is not None
    assert shown.due_at > scene.now
    elsewhere = staff(scene.people["stranger"].id, "grid_worker", scene.there)
    by_phone = Actor(person_id=scene.people["stranger"].id, grants=grid_worker(scene).grants)
    for nobody in (elsewhere, by_phone, scene.actor("clerk"), scene.actor("applicant")):
        assert await list_tasks(nobody) == []
        with pytest.raises(Refused, match=r"matters\.no_task"):
            await finish_task(task.id, "", by=nobody, now=scene.now)


async def test_done_once(scene: Scene):
    task = await decided(scene)
    workers = [grid_worker(scene, who) for who in ("stranger", "helper", "clerk_there")]
    answers = await asyncio.gather(
        *(finish_task(task.id, "brought", by=worker, now=scene.now) for worker in workers), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused", "Refused"]
    assert await list_tasks(workers[0]) == []
    (done,) = await tasks_of((await Task.get(id=task.id).values("matter_id"))["matter_id"])
    assert (done.done_at, done.outcome) == (scene.now, "brought")


async def test_the_desk_is_asked_once_whether_two_are_one(scene: Scene):
    stranger = scene.people["stranger"].id
    first = await ask_same_person(stranger, area_id=scene.here.id, note="same number", now=scene.now)
    assert await ask_same_person(stranger, area_id=scene.here.id, note="again", now=scene.now) == first
    (shown,) = await list_tasks(scene.actor("clerk"))
    assert (shown.kind, shown.subject_id, shown.matter_code) == (SAME_PERSON, stranger, "")
    await finish_task(first, "two persons", by=scene.actor("clerk"), now=scene.now)
    assert await ask_same_person(stranger, area_id=scene.here.id, note="", now=scene.now) != first
