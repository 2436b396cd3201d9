"""An application under way: begun with a consent, saved with every answer, dropped, or forgotten in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    forget,
    get_settings,
    get_vault,
    give_consent,
    keep,
    unit_of_work,
    uuid7,
)
from lianxin_eservices.models import Draft, GivenMaterial
from lianxin_eservices.queries.drafts import TABLE, DraftView, find_desk_draft, find_draft, find_proxy_draft
from lianxin_eservices.queries.items import DEPARTMENTS, PublishedItem
from lianxin_eservices.rules.application import AT_DESK, GIVEN, NEEDED, NOT_APPLICABLE, Answers
from lianxin_eservices.rules.authorisation import Leave, may_act
from lianxin_eservices.rules.consent import VERSION, consent_purpose, consent_text
from lianxin_eservices.rules.item import Necessity
from lianxin_eservices.settings import EservicesSettings

PHOTOS_AT_MOST = 12


async def begin(item: PublishedItem, person_id: UUID, *, by: Actor, channel: Any, language: str, now: datetime) -> UUID:
    """Keeps the consent and opens a draft, or finds the one that is open. Answers its id.

    `channel` is "web", or how the desk was told; the colleague at the desk is then the witness. Raises Refused where
    one has to come (at the desk she has), and for a colleague's own application at her own desk.
    """
    desk = channel != "web"
    if not item.online and not desk:
        raise Refused("eservices.come", N_("For this service somebody has to come in person."), status=409)
    if desk and person_id in by.person_ids:
        raise Refused(
            "eservices.own", N_("You can't enter your own application at the desk. Apply as a resident."), status=403
        )
    text = consent_text(item.guide, DEPARTMENTS[item.department].full_name, language)
    async with unit_of_work():
        await give_consent(
            person_id,
            consent_purpose(item.guide),
            VERSION,
            text,
            channel=channel,
            witness_id=by.person_id if desk else None,
            now=now,
        )
        return await _open(item, person_id, by.person_id if desk else None, now)


async def _open(item: PublishedItem, person_id: UUID, made_by_id: UUID | None, now: datetime) -> UUID:
    found = await (find_desk_draft(person_id, item.id, made_by_id) if made_by_id else find_draft(person_id, item.id))
    if found is not None:
        return found.id
    return await _insert(item, person_id, made_by_id, now)


async def _insert(
    item: PublishedItem, person_id: UUID, made_by_id: UUID | None, now: datetime, authorisation_id: UUID | None = None
) -> UUID:
    draft_id = uuid7()
    days = (await get_settings(EservicesSettings)).draft_days
    row = Draft(
        id=draft_id,
        person_id=person_id,
        made_by_id=made_by_id,
        authorisation_id=authorisation_id,
        item_id=item.id,
        version_id=item.version_id,
        answers=_sealed(Answers(), draft_id),
        created_at=now,
        updated_at=now,
        expires_at=now + timedelta(days=days),
    )
    # Two pages may begin at once: the index lets one through, the other finds it.
    await Draft.bulk_create([row], ignore_conflicts=True)
    same = Draft.filter(person_id=person_id, item_id=item.id, made_by_id=made_by_id, ended_at=None)
    made = await same.filter(authorisation_id=authorisation_id).first()
    assert made is not None  # ours, or the rival's
    return made.id


def _sealed(answers: Answers, draft_id: UUID) -> Any:
    return get_vault().seal(answers.to_text(), table=TABLE, column="answers", row_id=draft_id)


async def begin_for(leave: Leave, item: PublishedItem, *, by: Actor, language: str, now: datetime) -> UUID:
    """The same by a proxy who may act for the person: she read the text out to her. Answers the draft's id."""
    assert by.person_id is not None  # the route asks for somebody signed in
    allowed = may_act(
        leave,
        proxy_id=by.person_id,
        person_id=leave.person_id,
        item=item.guide.code,
        proxy_allowed=item.guide.proxy_allowed,
        now=now,
    )
    if not (allowed and item.online):
        said = N_("You may not act for this person in this matter. She or he has to allow it, or to come.")
        raise Refused("eservices.not_for_this", said, status=403)
    text = consent_text(item.guide, DEPARTMENTS[item.department].full_name, language)
    async with unit_of_work():
        purpose = consent_purpose(item.guide)
        await give_consent(leave.person_id, purpose, VERSION, text, channel="web", witness_id=by.person_id, now=now)
        found = await find_proxy_draft(leave.person_id, item.id, by.person_id)
        if found is not None:
            # Begun under an earlier authorisation, or this one: the one in force counts.
            await Draft.filter(id=found.id, ended_at=None).update(authorisation_id=leave.id)
            return found.id
        return await _insert(item, leave.person_id, by.person_id, now, authorisation_id=leave.id)


async def save_answers(draft: DraftView, answers: Answers, step: str, *, now: datetime) -> None:
    """Keeps what was said, and where she stands."""
    async with unit_of_work():
        await _touch(draft, step, now, answers=_sealed(answers, draft.id))


async def _touch(draft: DraftView, step: str, now: datetime, **changes: Any) -> None:
    days = (await get_settings(EservicesSettings)).draft_days
    changed = await Draft.filter(id=draft.id, ended_at=None).update(
        step=step, updated_at=now, expires_at=now + timedelta(days=days), **changes
    )
    if changed == 0:
        raise Refused("eservices.sent", N_("This application was sent already. Look under “My matters”."))


async def save_photos(
    draft: DraftView, code: str, added: Sequence[UUID], *, later: bool, step: str, by: Actor, now: datetime
) -> None:
    """Keeps photos of one paper (staged before), or that it comes later. Raises Refused (422) for neither."""
    material = next(one for one in draft.item.guide.materials if one.code == code)
    files = [*draft.files.get(code, ()), *added]
    if len(files) > PHOTOS_AT_MOST:
        text = N_("That is more than %(most)s photos of one paper. Bring it to the desk instead.")
        raise Refused("eservices.many_photos", text, status=422, field="photos", most=PHOTOS_AT_MOST)
    optional = material.necessity is Necessity.OPTIONAL
    if not files and not later and not optional:
        text = N_("Take a photo of it, or tick that you bring it to the desk.")
        raise Refused("eservices.no_photo", text, status=422, field="photos")
    state = GIVEN if files else AT_DESK if later else NOT_APPLICABLE
    async with unit_of_work():
        await keep(added, by.person_id, now)
        await _set_material(draft.id, code, state, files, now)
        await _touch(draft, step, now)


async def _set_material(draft_id: UUID, code: str, state: str, files: Sequence[UUID], now: datetime) -> None:
    values: dict[str, Any] = {"state": state, "files": [str(each) for each in files], "updated_at": now}
    if not await GivenMaterial.filter(draft_id=draft_id, code=code).update(**values):
        await GivenMaterial.create(draft_id=draft_id, code=code, **values)


async def remove_photo(draft: DraftView, code: str, file_id: UUID, *, now: datetime) -> None:
    """Takes a photo back, for good."""
    left = [each for each in draft.files.get(code, ()) if each != file_id]
    if len(left) == len(draft.files.get(code, ())):
        raise Refused("eservices.no_file", N_("This photo is not there any more."), status=404)
    async with unit_of_work():
        await _set_material(draft.id, code, GIVEN if left else NEEDED, left, now)
    await forget([file_id])


async def drop(draft: DraftView, *, now: datetime) -> None:
    """Throws the draft away: its answers and photos are erased at once."""
    await _end([draft.id], now)


async def drop_expired(now: datetime) -> int:
    """Erases what nobody went on with. Done again after a crash it ends what was begun. Answers how many."""
    rows = await Draft.filter(ended_at=None, expires_at__lt=now).limit(500).values_list("id", flat=True)
    await _end([UUID(str(each)) for each in rows], now)
    return len(rows)


async def _end(draft_ids: Sequence[UUID], now: datetime) -> None:
    if not draft_ids:
        return
    papers = await GivenMaterial.filter(draft_id__in=list(draft_ids))
    async with unit_of_work():
        await GivenMaterial.filter(draft_id__in=list(draft_ids)).delete()
        await Draft.filter(id__in=list(draft_ids), ended_at=None).update(ended_at=now, answers=None)
    await forget([UUID(each) for paper in papers for each in paper.files])


def file_ids(materials: Mapping[str, Sequence[UUID]]) -> list[UUID]:
    """All photos of an application."""
    return [each for files in materials.values() for each in files]
