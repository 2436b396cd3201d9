"""Whom a matter is for, and who entered it for her and so may see it: until that is said otherwise."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from lianxin.data.unit import current_unit
from lianxin.matters.models import Matter


async def set_maker(matter_ids: Collection[UUID], person_id: UUID | None) -> None:
    """These matters are seen by this person as what she entered; None: by the applicant and the office alone.

    In the current unit of work. Their history goes on naming whoever entered them.
    """
    current_unit()
    await Matter.filter(id__in=list(matter_ids)).update(made_by_id=person_id)


async def set_applicant(matter_id: UUID, person_id: UUID) -> None:
    """This matter is this person's now, and no longer whose it was before. In the current unit of work."""
    current_unit()
    await Matter.filter(id=matter_id).update(applicant_id=person_id)
