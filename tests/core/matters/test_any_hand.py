"""What a leader or a second colleague does to a matter that somebody else has in hand; what a flow withholds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lianxin.declarations import Refused, Transition
from lianxin.matters.advancing import advance
from lianxin.matters.changing import Change
from lianxin.matters.claiming import claim, release
from lianxin.matters.detail import buttons, offered
from lianxin.matters.flow import use_flows
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Clock
from tests.core.matters.scene import FLOW, Scene

pytestmark = pytest.mark.anyio


async def _longer(change: Change) -> None:
    await change.extend_clock("accept", 3)


async def _withheld(matter: MatterInfo, actor: object, now: object) -> tuple[str, ...]:
    return ("countersign",) if matter.owner_id is None else ()


COUNTERSIGN = Transition(
    "countersign", "Countersign", (FLOW.first,), None, "test.accept", any_hand=True, effect=_longer, done="Signed"
)


@pytest.fixture
async def owned(scene: Scene) -> MatterInfo:
    """A matter in the department's hands, of a flow with a second signature."""
    use_flows([replace(FLOW, transitions=(*FLOW.transitions, COUNTERSIGN), withheld=_withheld)])
    return await claim(await scene.matter(), by=scene.actor("clerk"), now=scene.now)


async def test_a_second_hand_signs_and_the_owner_stays(scene: Scene, owned: MatterInfo):
    other = replace(scene.actor("clerk"), person_id=scene.actor("applicant").person_id)
    stranger = replace(other, person_id=scene.actor("officer").person_id)
    with pytest.raises(Refused, match="own"):
        await advance(owned, "countersign", by=other, now=scene.now)
    signed = await advance(owned, "countersign", by=stranger, now=scene.now)
    assert signed.owner_id == owned.owner_id
    with pytest.raises(Refused, match="owned"):
        await advance(signed, "accept", by=stranger, now=scene.now)


async def test_who_signs_takes_nothing_in_hand(scene: Scene, owned: MatterInfo):
    free = await release(owned, by=scene.actor("clerk"), now=scene.now)
    assert (await advance(free, "countersign", by=scene.actor("clerk"), now=scene.now)).owner_id is None


async def test_what_is_withheld_is_no_button(scene: Scene, owned: MatterInfo):
    actor = scene.actor("clerk")
    assert COUNTERSIGN in await offered(owned, actor, scene.now)
    free = await release(owned, by=actor, now=scene.now)
    assert COUNTERSIGN in buttons(free, actor)
    assert COUNTERSIGN not in await offered(free, actor, scene.now)


async def test_an_extended_clock_keeps_start_and_pauses_and_may_run_out_again(scene: Scene, owned: MatterInfo):
    before = await Clock.get(matter_id=owned.id)
    await Clock.filter(id=before.id).update(fired_at=scene.now)
    longer = await advance(owned, "countersign", by=scene.actor("clerk"), now=scene.now)
    after = await Clock.get(matter_id=owned.id)
    assert (after.limit_value, after.started_at, after.fired_at) == (before.limit_value + 3, before.started_at, None)
    assert after.due_at == longer.due_at
    assert after.due_at >= before.due_at + timedelta(days=3)
