"""Two rows, one person: joined by the desk, and taken apart again when that was wrong.

Nothing is moved: the row that goes points to the one that stays, and what belongs to a person is asked of all her rows
(`same_person_ids`). Telephones are bound anew, so that messages find them; the old bindings end at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person, PersonPhone
from lianxin.directory.people.cards import SEEN_BY_DESK, no_person
from lianxin.i18n import N_


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """That `gone_id` was found to be `kept_id`."""

    kept_id: UUID
    gone_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """That `gone_id` is a person of her own again."""

    kept_id: UUID
    gone_id: UUID
    at: datetime


async def merge_people(kept_id: UUID, gone_id: UUID, *, now: datetime) -> PeopleMerged:
    """Joins `gone` to `kept`. The caller publishes the event.

    Raises Refused (422) for one and the same, (409) when either was merged already, when two cards with different
    numbers were seen, or when the other one should stay because the desk knows more of it.
    """
    async with unit_of_work():
        kept, gone = await _lock(kept_id, gone_id)
        _check(kept, gone)
        await Person.filter(id=gone_id).update(merged_into_id=kept_id, merged_at=now)
        bound = await PersonPhone.filter(person_id=gone_id, ended_at=None)
        await PersonPhone.filter(id__in=[row.id for row in bound]).update(ended_at=now)
        await PersonPhone.bulk_create(
            [PersonPhone(person_id=kept_id, phone_id=row.phone_id, bound_by=row.bound_by, since=now) for row in bound],
            ignore_conflicts=True,
        )
        await _note_merged(kept_id)
    return PeopleMerged(kept_id, gone_id, now)


async def undo_merge(gone_id: UUID, *, now: datetime) -> MergeUndone:
    """Takes the two apart: telephones go back where they were. Raises Refused (409) when there is nothing to undo."""
    async with unit_of_work():
        gone = await Person.filter(id=gone_id).select_for_update().first()
        if gone is None or gone.merged_into_id is None:
            raise Refused("directory.not_merged", N_("This person is not merged with another one."))
        kept_id, at = gone.merged_into_id, gone.merged_at
        await Person.filter(id=gone_id).update(merged_into_id=None, merged_at=None)
        bound = await PersonPhone.filter(person_id=gone_id, ended_at=at)
        phones = [row.phone_id for row in bound]
        await PersonPhone.filter(id__in=[row.id for row in bound]).update(ended_at=None)
        await PersonPhone.filter(person_id=kept_id, phone_id__in=phones, since=at, ended_at=None).update(ended_at=now)
        await _note_merged(kept_id)
    return MergeUndone(kept_id, gone_id, now)


async def _note_merged(person_id: UUID | None) -> None:
    """Writes with the person which rows are hers now, and then with whom she herself was merged into."""
    while person_id is not None:
        row = await Person.filter(id=person_id).select_for_update().get()
        direct = await Person.filter(merged_into_id=person_id).order_by("merged_at", "id")
        ids = [each for child in direct for each in (str(child.id), *(child.merged_ids or ()))]
        await Person.filter(id=person_id).update(merged_ids=ids or None)
        person_id = row.merged_into_id


async def _lock(kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    if kept_id == gone_id:
        raise Refused("directory.merge_itself", N_("These are one and the same entry. Choose another one."), status=422)
    rows = await Person.filter(id__in=[kept_id, gone_id]).order_by("id").select_for_update()
    by_id = {row.id: row for row in rows}
    if len(by_id) < 2:
        raise no_person()
    return by_id[kept_id], by_id[gone_id]


def _check(kept: Person, gone: Person) -> None:
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Refused("directory.merged_already", N_("One of the two was merged already. Look again."))
    seen = kept.identity == SEEN_BY_DESK, gone.identity == SEEN_BY_DESK
    if all(seen) and kept.id_number_key != gone.id_number_key:
        raise Refused(
            "directory.merge_two_cards", N_("The desk has seen two different ID cards: these are two persons.")
        )
    weaker = (seen[1] and not seen[0]) or (gone.id_number_key is not None and kept.id_number_key is None)
    if weaker:
        raise Refused("directory.merge_other_way", N_("Keep the other entry: more is known of it."))
