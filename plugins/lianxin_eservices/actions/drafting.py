"""An application under way: saved with every answer, dropped, or forgotten in the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lianxin.api import (
    N_,
    Actor,
    Refused,
    get_settings,
    get_vault,
    keep,
    unit_of_work,
)
from lianxin_eservices.actions.beginning import begin, begin_for
from lianxin_eservices.actions.freeing import free
from lianxin_eservices.actions.household import forget_households
from lianxin_eservices.actions.showing import stop as stop_showing
from lianxin_eservices.models import Draft, GivenMaterial
from lianxin_eservices.queries.drafts import TABLE, DraftView
from lianxin_eservices.rules.application import AT_DESK, GIVEN, NEEDED, NOT_APPLICABLE, PHOTOS, Answers
from lianxin_eservices.rules.item import Necessity
from lianxin_eservices.settings import EservicesSettings

__all__ = ["begin", "begin_for", "drop", "drop_expired", "remove_photo", "save_answers", "save_photos"]
PHOTOS_AT_MOST = 12


def _sealed(answers: Answers, draft_id: UUID) -> Any:
    return get_vault().seal(answers.to_text(), table=TABLE, column="answers", row_id=draft_id)


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
    draft: DraftView,
    key: str,
    added: Sequence[UUID],
    *,
    later: bool,
    step: str,
    by: Actor,
    now: datetime,
    kept: Sequence[UUID] = (),
) -> None:
    """Keeps photos of one paper (staged before, or `kept` in her box), or that it comes later.

    Raises Refused (422) for neither.
    """
    files = [*draft.files.get(key, ()), *added, *kept]
    if len(files) > PHOTOS_AT_MOST:
        text = N_("That is more than %(most)s photos of one paper. Bring it to the desk instead.")
        raise Refused("eservices.many_photos", text, status=422, field="photos", most=PHOTOS_AT_MOST)
    asked = next((one.material for one in draft.asked if one.step == PHOTOS + key), None)
    optional = asked is not None and asked.necessity is Necessity.OPTIONAL
    if not files and not later and not optional:
        text = N_("Take a photo of it, or tick that you bring it to the desk.")
        raise Refused("eservices.no_photo", text, status=422, field="photos")
    state = GIVEN if files else AT_DESK if later else NOT_APPLICABLE
    async with unit_of_work():
        await keep(added, by.person_id, now)
        await _set_material(draft.id, key, state, files, now)
        await _touch(draft, step, now)


async def _set_material(draft_id: UUID, key: str, state: str, files: Sequence[UUID], now: datetime) -> None:
    values: dict[str, Any] = {"state": state, "files": [str(each) for each in files], "updated_at": now}
    if not await GivenMaterial.filter(draft_id=draft_id, code=key).update(**values):
        await GivenMaterial.create(draft_id=draft_id, code=key, **values)


async def remove_photo(draft: DraftView, key: str, file_id: UUID, *, now: datetime) -> None:
    """Takes a photo back, for good; a page of her box stays there."""
    left = [each for each in draft.files.get(key, ()) if each != file_id]
    if len(left) == len(draft.files.get(key, ())):
        raise Refused("eservices.no_file", N_("This photo is not there any more."), status=404)
    async with unit_of_work():
        await _set_material(draft.id, key, GIVEN if left else NEEDED, left, now)
    await free([file_id])


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
        signed = await forget_households(draft_ids, now)
    for draft_id in draft_ids:
        await stop_showing(draft_id, now=now)
    await free([*signed, *(UUID(each) for paper in papers for each in paper.files)])
