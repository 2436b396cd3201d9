"""Notes on a matter, and its one rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError

from lianxin.access.actor import Actor
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import N_
from lianxin.matters.info import MatterInfo
from lianxin.matters.models import Note, Rating

GRADES = {
    5: N_("Very satisfied"),
    4: N_("Satisfied"),
    3: N_("Fairly satisfied"),
    2: N_("Dissatisfied"),
    1: N_("Very dissatisfied"),
}
"""The five grades of 好差评, as they are named everywhere."""
BAD = 2
"""This grade and those below open a rectification."""


@dataclass(frozen=True, slots=True)
class RatingInfo:
    """What the applicant gave."""

    grade: int
    title: str
    remark: str
    at: datetime


async def add_note(matter: MatterInfo, text: str, *, by: Actor, now: datetime, public: bool = False) -> UUID:
    """A line for colleagues, or for the applicant too. The caller has checked that she may see the matter."""
    if by.person_id is None:
        raise Refused("matters.forbidden", N_("You may not do this here. Ask whoever handles it."), status=403)
    async with unit_of_work():
        row = await Note.create(matter_id=matter.id, author_id=by.person_id, text=text, public=public, at=now)
    return row.id


async def rate(matter: MatterInfo, grade: int, remark: str, *, by: Actor, now: datetime) -> None:
    """Keeps the rating, once."""
    if by.person_id is None or grade not in GRADES:
        raise Refused("matters.bad_grade", N_("Choose one of the five."), status=422, field="grade")
    async with unit_of_work():
        if await Rating.filter(matter_id=matter.id).exists():
            raise Refused("matters.rated", N_("You have already rated this. Thank you."))
        try:
            await Rating.create(matter_id=matter.id, grade=grade, remark=remark, by_id=by.person_id, at=now)
        except IntegrityError as twice:
            raise Refused("matters.rated", N_("You have already rated this. Thank you.")) from twice


async def rating_of(matter_id: UUID) -> RatingInfo | None:
    """The rating, if there is one."""
    row = await Rating.get_or_none(matter_id=matter_id)
    return RatingInfo(row.grade, str(GRADES[row.grade]), row.remark, row.at) if row else None
