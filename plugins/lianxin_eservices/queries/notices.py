"""Written notices of a case: which there are, and what one says to whoever may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Actor, MatterInfo, Refused, get_vault
from lianxin_eservices import data
from lianxin_eservices.models import Case, Notice
from lianxin_eservices.queries.wrong_person import moved_at
from lianxin_eservices.rules.notices import NoticeText, number_text

TABLE = "eservices_notice"
WORDS = data.read("notices")


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of the list. Title and number are Chinese, as on the paper."""

    id: UUID
    title: str
    number: str
    issued_at: datetime


async def list_notices(matter_id: UUID) -> tuple[NoticeRow, ...]:
    """All of a case, the newest first; without those in the name of whom it was entered for by mistake."""
    moved = await moved_at(matter_id)
    since = {"issued_at__gte": moved} if moved else {}
    rows = await Notice.filter(matter_id=matter_id, **since).order_by("-issued_at", "-id")
    return tuple(
        NoticeRow(row.id, row.title, number_text(WORDS, row.series, row.year, row.number), row.issued_at)
        for row in rows
    )


async def read_notice(
    matter: MatterInfo, notice_id: UUID, *, by: Actor, now: datetime, request_id: str = ""
) -> NoticeText:
    """What it says, word for word as issued. That somebody else than the addressee reads it is written down first.

    Raises Refused (404) where this case has no such notice.
    """
    row = await Notice.get_or_none(id=notice_id, matter_id=matter.id)
    moved = await moved_at(matter.id)
    if row is None or (moved is not None and row.issued_at < moved):
        raise Refused("eservices.no_notice", N_("This notice is not there, or you may not see it."), status=404)
    case = await Case.get(matter_id=matter.id)
    if matter.applicant_id in by.person_ids or case.contact_id in by.person_ids:
        return NoticeText.from_text(get_vault().open_for_delivery(row.text, table=TABLE, column="text", row_id=row.id))
    text = await get_vault().reveal(
        row.text,
        table=TABLE,
        column="text",
        row_id=row.id,
        subject_id=matter.applicant_id,
        by=by.person_id,
        purpose="notice",
        now=now,
        request_id=request_id,
    )
    return NoticeText.from_text(text)
