"""The one door for a change of state: who may, who was first, all or nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from lianxin.bus.models import Event
from lianxin.declarations import After, Before, Refused
from lianxin.events import use_listeners
from lianxin.matters.advancing import TAKEN, Advanced, Advancing, advance, advance_all
from lianxin.matters.detail import buttons
from lianxin.matters.info import MatterInfo, load_matter
from lianxin.matters.models import Clock, Matter, Note, Step, Task
from tests.core.matters.scene import BREAK, FLOW, Scene

pytestmark = pytest.mark.anyio

OFFICE = {"clerk", "clerk_for_applicant", "system"}
HERS = {"applicant", "applicant_at_desk", "helper", "clerk_for_applicant", "system"}
# Written by hand from what the transitions say: (state in which it is tried, who may).
MAY = {
    "ask_more": ("received", OFFICE),
    "accept": ("received", OFFICE),
    "complete": ("correcting", HERS),
    "withdraw": ("received", HERS),
    "decide": ("handling", {"officer", "system"}),
    "deem": ("received", {"system"}),
}
ACTORS = (
    *("applicant", "helper", "stranger", "clerk", "clerk_for_applicant", "clerk_by_phone", "clerk_there"),
    *("officer", "officer_else", "supervisor", "applicant_at_desk", "system"),
)
ON_THE_WAY = {"received": (), "correcting": (("ask_more", "clerk"),), "handling": (("accept", "clerk"),)}


async def in_state(scene: Scene, state: str) -> MatterInfo:
    """A matter that came there by the flow."""
    matter = await scene.matter()
    for name, who in ON_THE_WAY[state]:
        matter = await advance(matter, name, by=scene.actor(who), now=scene.now)
    await Matter.filter(id=matter.id).update(owner_id=None)
    return await load_matter(matter.id)


def test_the_table_names_every_transition_of_the_flow():
    assert set(MAY) == {transition.name for transition in FLOW.transitions}


@pytest.mark.parametrize("name", sorted(MAY))
async def test_every_transition_with_every_role(scene: Scene, name: str):
    state, may = MAY[name]
    assert set(scene.actors) == set(ACTORS)
    for who in ACTORS:
        matter = await in_state(scene, state)
        shown = name in [each.name for each in buttons(matter, scene.actor(who))]
        answer = await advance_all([matter.id], name, by=scene.actor(who), now=scene.now)
        refused = answer[matter.id]
        done = refused is None
        assert done or (refused is not None and refused.status == 403), who
        assert done == (who in may), who
        assert shown == (done and MAY[name][1] != {"system"}), f"the button of {who}"
        assert (await load_matter(matter.id)).version == matter.version + done


async def test_nobody_handles_her_own(scene: Scene):
    matter = await scene.matter()
    with pytest.raises(Refused) as no:
        await advance(matter, "accept", by=scene.actor("applicant_at_desk"), now=scene.now)
    assert (no.value.code, no.value.status) == ("matters.own", 403)
    assert await Step.filter(matter_id=matter.id).count() == 1


async def test_a_transition_tells_everything_that_hangs_on_it(scene: Scene):
    matter = await advance(await scene.matter(), "accept", by=scene.actor("clerk"), now=scene.now, remark="in order")
    assert (matter.state_name, matter.version, matter.owner_role, matter.owner_id) == (
        "handling",
        1,
        "department_officer",
        None,
    )
    step = await Step.get(matter_id=matter.id, number=1)
    assert (step.transition, step.source, step.target, step.remark) == ("accept", "received", "handling", "in order")
    assert step.actor_id == scene.people["clerk"].id
    clocks = {clock.kind: clock.state for clock in await Clock.filter(matter_id=matter.id)}
    assert clocks == {"accept": "stopped", "decide": "running"}
    assert (matter.due_kind, matter.due_at) == ("decide", (await Clock.get(kind="decide")).due_at)
    event = await Event.filter(topic="matter.changed").order_by("-id").first()
    assert event is not None
    assert event.ids == {"code": matter.code, "flow": "test.case", "state": "handling"}
    decided = await advance(matter, "decide", by=scene.actor("officer"), now=scene.now)
    assert decided.closed_at == scene.now
    assert decided.due_at is None
    assert decided.owner_id == scene.people["officer"].id


async def test_history_shows_who_spoke_for_whom(scene: Scene):
    matter = await advance(await scene.matter(), "withdraw", by=scene.actor("clerk_for_applicant"), now=scene.now)
    step = await Step.get(matter_id=matter.id, number=1)
    assert (step.actor_id, step.on_behalf_of_id) == (scene.people["clerk"].id, scene.people["applicant"].id)


async def test_of_two_rivals_one_moves_it_and_the_other_is_told(scene: Scene):
    matter = await scene.matter()
    clerk = scene.actor("clerk")
    answers = await asyncio.gather(
        advance(matter, "accept", by=clerk, now=scene.now),
        advance(matter, "ask_more", by=clerk, now=scene.now),
        return_exceptions=True,
    )
    lost = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(lost) == 1
    assert not [a for a in answers if isinstance(a, Exception) and a not in lost]
    assert (lost[0].code, lost[0].status) == (TAKEN, 409)
    assert lost[0].data == {"who": "王****k", "when": "10:00"}
    assert await Step.filter(matter_id=matter.id).count() == 2


async def test_an_old_page_is_told_what_it_is_now(scene: Scene):
    matter = await scene.matter()
    after = await advance(matter, "accept", by=scene.actor("clerk"), now=scene.now)
    with pytest.raises(Refused, match="Handling"):
        await advance(after, "ask_more", by=scene.actor("clerk"), now=scene.now)
    with pytest.raises(Refused) as none:
        await advance(after, "no_such_thing", by=scene.actor("clerk"), now=scene.now)
    assert none.value.status == 404


async def test_a_colleagues_matter_is_left_alone(scene: Scene):
    matter = await scene.matter()
    await Matter.filter(id=matter.id).update(owner_id=scene.people["supervisor"].id)
    with pytest.raises(Refused) as no:
        await advance(await load_matter(matter.id), "accept", by=scene.actor("clerk"), now=scene.now)
    assert no.value.code == "matters.owned"


async def everything(matter: MatterInfo) -> list[object]:
    """All rows that a transition could leave behind."""
    rows: list[object] = [await load_matter(matter.id), await Event.all().count(), await Task.all().count()]
    rows.append(await Step.filter(matter_id=matter.id).count())
    rows.append(await Note.all().count())
    rows.append(await Clock.filter(matter_id=matter.id).order_by("id").values())
    return rows


async def test_an_effect_that_breaks_leaves_nothing(scene: Scene):
    matter = await in_state(scene, "handling")
    before = await everything(matter)
    with pytest.raises(RuntimeError, match=BREAK):
        await advance(matter, "decide", by=scene.actor("officer"), now=scene.now, data=BREAK)
    assert await everything(matter) == before
    await advance(matter, "decide", by=scene.actor("officer"), now=scene.now)
    assert await everything(matter) != before


async def test_a_listener_may_refuse_and_is_told_only_of_what_was_done(scene: Scene):
    heard: list[Advanced] = []

    async def refuse(question: Advancing) -> None:
        if question.change.remark == "no":
            raise Refused("test.no", "no")

    async def hear(told: Advanced) -> None:
        heard.append(told)

    use_listeners([("test", Before(Advancing, refuse)), ("test", After(Advanced, hear))])
    matter = await scene.matter()
    before = await everything(matter)
    with pytest.raises(Refused, match=r"test\.no"):
        await advance(matter, "accept", by=scene.actor("clerk"), now=scene.now, remark="no")
    assert (await everything(matter), heard) == (before, [])
    await advance(matter, "accept", by=scene.actor("clerk"), now=scene.now)
    assert [(told.transition, told.source, told.target) for told in heard] == [("accept", "received", "handling")]


async def test_many_at_once_each_by_itself(scene: Scene):
    good, moved = await scene.matter(), await in_state(scene, "handling")
    later = scene.now + timedelta(hours=1)
    answers = await advance_all([good.id, moved.id], "accept", by=scene.actor("clerk"), now=later)
    assert answers[good.id] is None
    refused = answers[moved.id]
    assert refused is not None
    assert refused.code == "matters.moved"
    assert (await load_matter(good.id)).changed_at == later
