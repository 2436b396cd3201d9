"""The applicant sends papers that the correction list asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Actor, MatterInfo, Refused, attach_files, files_of, keep, same_person_ids, unit_of_work
from lianxin_eservices.actions.drafting import PHOTOS_AT_MOST
from lianxin_eservices.actions.keeping_papers import take_row, write_uses
from lianxin_eservices.models import GivenMaterial
from lianxin_eservices.queries.papers import Kept
from lianxin_eservices.rules.application import GIVEN, NOT_APPLICABLE


async def add_kept(matter: MatterInfo, code: str, kept: Kept, *, by: Actor, now: datetime) -> None:
    """Hangs a kept paper of the applicant on a paper of her case, and writes the use down. Raises Refused."""
    assert matter.applicant_id is not None  # what may be used is hers
    async with unit_of_work():
        await take_row(kept.id, now)
        there = (await files_of(matter.id, f"material:{code}")).get(f"material:{code}", [])
        new = [each for each in kept.pages if each not in there]
        await add_photos(matter, code, new, by=by, now=now, kept=True)
        ids = await same_person_ids(matter.applicant_id)
        await write_uses(ids, matter.id, kept.pages, witness_id=None, now=now)


async def add_photos(
    matter: MatterInfo, code: str, added: Sequence[UUID], *, by: Actor, now: datetime, kept: bool = False
) -> None:
    """Hangs further photos on a paper of the case, while corrections are asked for. Raises Refused."""
    if matter.state_name != "correction_requested":
        raise Refused("eservices.not_now", N_("Nothing is asked of you now. If something is wrong, call us."))
    if not added:
        raise Refused("eservices.no_photo", N_("Take a photo of it."), status=422, field="photos")
    async with unit_of_work():
        paper = await GivenMaterial.get_or_none(matter_id=matter.id, code=code)
        if paper is None or paper.state == NOT_APPLICABLE:
            raise Refused("eservices.no_paper", N_("Choose a paper."), status=422, field="paper")
        files = [*paper.files, *(str(each) for each in added)]
        if len(files) > PHOTOS_AT_MOST:
            text = N_("That is more than %(most)s photos of one paper. Bring it to the desk instead.")
            raise Refused("eservices.many_photos", text, status=422, field="photos", most=PHOTOS_AT_MOST)
        if not kept:
            await keep(added, by.person_id, now)
        await attach_files(matter.id, added, f"material:{code}", by_id=by.person_id, now=now)
        await GivenMaterial.filter(id=paper.id).update(state=GIVEN, files=files, updated_at=now)
