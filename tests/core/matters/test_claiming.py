"""One owner at a time: 200 who claim at once, giving back, handing over, and the applicant's reminder."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from lianxin.access.actor import Actor
from lianxin.access.models import Grant
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person
from lianxin.matters.advancing import advance
from lianxin.matters.claiming import claim, hand_over, release, remind
from lianxin.matters.info import MatterInfo, load_matter
from lianxin.matters.models import Matter, Step
from tests.core.matters.scene import Scene, staff

pytestmark = pytest.mark.anyio

RIVALS = 200


async def rivals(scene: Scene, number: int) -> list[Actor]:
    """So many clerks of the same desk."""
    async with unit_of_work():
        people = [Person(name=f"王小{place}", created_at=scene.now) for place in range(number)]
        await Person.bulk_create(people)
    return [staff(person.id, "station_staff", scene.here) for person in people]


async def test_of_two_hundred_one_gets_it_and_the_others_are_told_who(scene: Scene):
    matter, clerks = await scene.matter(), await rivals(scene, RIVALS)
    answers = await asyncio.gather(
        *(claim(matter, by=clerk, now=scene.now) for clerk in clerks), return_exceptions=True
    )
    winners = [answer for answer in answers if isinstance(answer, MatterInfo)]
    lost = [answer for answer in answers if isinstance(answer, Refused)]
    assert (len(winners), len(lost)) == (1, RIVALS - 1), [a for a in answers if isinstance(a, Exception)][:3]
    assert {(no.code, no.status, no.data["when"]) for no in lost} == {("matters.taken", 409, "10:00")}
    assert len({no.data["who"] for no in lost}) == 1
    assert await Step.filter(matter_id=matter.id, transition="claim").count() == 1
    after = await load_matter(matter.id)
    assert (after.owner_id, after.version) == (winners[0].owner_id, 1)


async def test_without_the_condition_there_would_be_several_winners(scene: Scene):
    matter, clerks = await scene.matter(), await rivals(scene, 20)
    won: list[Actor] = []

    async def look_then_write(clerk: Actor) -> None:
        if (await load_matter(matter.id)).owner_id is None:
            async with unit_of_work():
                if await Matter.filter(id=matter.id).update(owner_id=clerk.person_id):
                    won.append(clerk)

    await asyncio.gather(*(look_then_write(clerk) for clerk in clerks))
    assert len(won) >= 2


async def test_who_has_it_is_named_also_after_a_reminder(scene: Scene):
    matter = await claim(await scene.matter(), by=scene.actor("clerk"), now=scene.now)
    matter = await remind(matter, by=scene.actor("applicant"), now=scene.now + timedelta(hours=3))
    other = (await rivals(scene, 1))[0]
    with pytest.raises(Refused) as no:
        await claim(matter, by=other, now=scene.now + timedelta(hours=4))
    assert no.value.data == {"who": "王****k", "when": "10:00"}
    assert await claim(matter, by=scene.actor("clerk"), now=scene.now) == matter


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("applicant_at_desk", "matters.own"),
        ("clerk_there", "matters.forbidden"),
        ("officer_else", "matters.forbidden"),
        ("clerk_by_phone", "matters.forbidden"),
        ("stranger", "matters.forbidden"),
        ("applicant", "matters.forbidden"),
    ],
)
async def test_who_may_not_claim(scene: Scene, who: str, code: str):
    matter = await scene.matter()
    with pytest.raises(Refused) as no:
        await claim(matter, by=scene.actor(who), now=scene.now)
    assert (no.value.code, no.value.status) == (code, 403)
    assert (await load_matter(matter.id)).owner_id is None


async def test_what_is_finished_is_not_claimed(scene: Scene):
    matter = await advance(await scene.matter(), "withdraw", by=scene.actor("applicant"), now=scene.now)
    with pytest.raises(Refused) as no:
        await claim(matter, by=scene.actor("clerk"), now=scene.now)
    assert no.value.code == "matters.finished"


async def test_given_back_it_can_be_taken_again(scene: Scene):
    clerk = scene.actor("clerk")
    matter = await release(await claim(await scene.matter(), by=clerk, now=scene.now), by=clerk, now=scene.now)
    assert matter.owner_id is None
    with pytest.raises(Refused) as no:
        await release(matter, by=clerk, now=scene.now)
    assert no.value.code == "matters.not_yours"
    assert (await claim(matter, by=clerk, now=scene.now)).owner_id == clerk.person_id


async def granted(scene: Scene, name: str, role: str) -> None:
    """A grant in the table, since whom a matter is handed to is not signed in."""
    async with unit_of_work():
        await Grant.create(
            person_id=scene.people[name].id,
            role=role,
            area_id=scene.here.id,
            valid_from=scene.now,
            created_at=scene.now,
        )


async def test_handed_over_by_its_owner_or_the_supervisor(scene: Scene):
    await granted(scene, "stranger", "station_staff")
    await granted(scene, "clerk", "station_staff")
    stranger, clerk = scene.people["stranger"].id, scene.people["clerk"].id
    matter = await scene.matter()
    with pytest.raises(Refused) as no:
        await hand_over(matter, stranger, by=scene.actor("clerk"), now=scene.now)
    assert no.value.code == "matters.not_yours"
    matter = await claim(matter, by=scene.actor("clerk"), now=scene.now)
    matter = await hand_over(matter, stranger, by=scene.actor("clerk"), now=scene.now, remark="on leave")
    assert matter.owner_id == stranger
    matter = await hand_over(matter, clerk, by=scene.actor("supervisor"), now=scene.now)
    assert matter.owner_id == clerk
    assert (await Step.get(matter_id=matter.id, number=2)).remark == "on leave"


@pytest.mark.parametrize(("to", "code"), [("applicant", "matters.own"), ("clerk_there", "matters.cannot_take")])
async def test_not_handed_to_who_may_not_handle_it(scene: Scene, to: str, code: str):
    matter = await claim(await scene.matter(), by=scene.actor("clerk"), now=scene.now)
    with pytest.raises(Refused) as no:
        await hand_over(matter, scene.people[to].id, by=scene.actor("clerk"), now=scene.now)
    assert (no.value.code, no.value.status) == (code, 422)


async def test_a_reminder_a_day_counted(scene: Scene):
    matter = await remind(await scene.matter(), by=scene.actor("applicant"), now=scene.now)
    with pytest.raises(Refused) as no:
        await remind(matter, by=scene.actor("helper"), now=scene.now + timedelta(hours=23))
    assert (no.value.code, no.value.status) == ("matters.reminded", 429)
    matter = await remind(matter, by=scene.actor("helper"), now=scene.now + timedelta(hours=24))
    assert matter.reminders == 2
    with pytest.raises(Refused) as forbidden:
        await remind(matter, by=scene.actor("stranger"), now=scene.now + timedelta(days=9))
    assert forbidden.value.status == 403
    closed = await advance(matter, "withdraw", by=scene.actor("applicant"), now=scene.now)
    with pytest.raises(Refused, match=r"matters\.closed"):
        await remind(closed, by=scene.actor("applicant"), now=scene.now + timedelta(days=9))
