"""Who has a matter in hand: claimed by one, given back, handed over; and the applicant's reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.access.actor import Actor
from lianxin.access.sessions import load_grants
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.people import same_person_ids
from lianxin.i18n import N_
from lianxin.matters.advancing import add_step, publish_change, taken_by, was_first
from lianxin.matters.info import MatterInfo, load_matter
from lianxin.matters.models import Matter, Step
from lianxin.matters.rights import check_handling, is_hers

HAND_OVER = "matters.hand_over"
"""The permission to take a matter from one colleague and give it to another."""
REMIND_AFTER = timedelta(days=1)


async def claim(matter: MatterInfo, *, by: Actor, now: datetime) -> MatterInfo:
    """Takes an unclaimed matter in hand; of many who try at once one gets it, the others are told who.

    Her own already: nothing happens. Raises Refused.
    """
    if matter.owner_id is not None and matter.owner_id == by.person_id:
        return matter
    check_handling(replace(matter, owner_id=None), matter.flow.claim, by)
    if matter.closed_at is not None:
        raise Refused("matters.finished", N_("This is finished. There is nothing left to take in hand."))
    if matter.owner_id is not None:
        raise await _claimed_by(matter, matter.owner_id)
    try:
        return await _change(matter, "claim", by, now, owner_id=by.person_id)
    except Refused:
        after = await load_matter(matter.id)
        if after.owner_id is None or after.owner_id == by.person_id:
            raise
        raise await _claimed_by(after, after.owner_id) from None


async def _claimed_by(matter: MatterInfo, owner_id: UUID) -> Refused:
    """Names the colleague who has it, and when she got it: an applicant's reminder may have come after that."""
    hers = await Step.filter(matter_id=matter.id, actor_id=owner_id).order_by("-number").first()
    return await taken_by(owner_id, hers.at if hers else matter.changed_at)


async def release(matter: MatterInfo, *, by: Actor, now: datetime) -> MatterInfo:
    """Gives a matter back to its queue."""
    if matter.owner_id is None or matter.owner_id != by.person_id:
        raise Refused("matters.not_yours", N_("This is not in your hands."), status=403)
    return await _change(matter, "release", by, now, owner_id=None)


async def hand_over(matter: MatterInfo, to_id: UUID, *, by: Actor, now: datetime, remark: str = "") -> MatterInfo:
    """Gives a matter to a colleague: one's own, or anybody's with the permission to hand over."""
    where: dict[str, Any] = {"area_path": matter.area_path, "organisation_id": matter.organisation_id}
    if (matter.owner_id is None or matter.owner_id != by.person_id) and not by.may(HAND_OVER, **where):
        raise Refused("matters.not_yours", N_("This is not in your hands."), status=403)
    if matter.applicant_id in await same_person_ids(to_id):
        raise Refused("matters.own", N_("This is that colleague's own application. Choose another."), status=422)
    colleague = Actor(person_id=to_id, staff=True, grants=await load_grants(to_id, now))
    if not colleague.may(matter.flow.read, **where):
        text = N_("That colleague can't see this matter, so could not handle it. Choose another.")
        raise Refused("matters.cannot_take", text, status=422)
    return await _change(matter, "hand_over", by, now, remark=remark, owner_id=to_id)


async def remind(matter: MatterInfo, *, by: Actor, now: datetime) -> MatterInfo:
    """The applicant asks how it stands (催办): counted, shown to the office, once a day at most."""
    if not is_hers(matter, by):
        raise Refused("matters.forbidden", N_("You may not do this here. Ask whoever handles it."), status=403)
    if matter.closed_at is not None:
        raise Refused("matters.closed", N_("This is finished. There is nothing to hurry."))
    last = await Step.filter(matter_id=matter.id, transition="remind").order_by("-number").first()
    if last is not None and now - last.at < REMIND_AFTER:
        text = N_("You have already reminded us today. We have seen it; you may also call.")
        raise Refused("matters.reminded", text, status=429)
    return await _change(matter, "remind", by, now, reminders=matter.reminders + 1)


async def _change(
    matter: MatterInfo, name: str, by: Actor, now: datetime, *, remark: str = "", **changes: Any
) -> MatterInfo:
    async with unit_of_work():
        taken = await Matter.filter(id=matter.id, state=matter.state_name, version=matter.version).update(
            version=matter.version + 1, changed_at=now, **changes
        )
        if taken == 0:
            raise await was_first(matter.id)
        await add_step(matter, name, matter.state_name, by=by, now=now, remark=remark)
        after = await load_matter(matter.id)
        await publish_change(after, now)
    return after
