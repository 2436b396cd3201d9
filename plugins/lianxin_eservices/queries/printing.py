"""What a clerk still has to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.api import N_, Actor, MatterRow, title_of, visible_matters
from lianxin.api import get_flow as flow_named
from lianxin_eservices.models import ToPrint
from lianxin_eservices.queries.notices import WORDS
from lianxin_eservices.rules.notices import number_text

FLOW = "eservices.case"
RECEIPT = N_("Receipt")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One line of the list. `notice_id` None: the receipt. `title` of a notice is Chinese, as on the paper."""

    id: UUID
    matter_id: UUID
    notice_id: UUID | None
    code: str
    title: str
    number: str
    matter: str
    asked_at: datetime


async def count_to_print(clerk_id: UUID | None) -> int:
    """For the badge."""
    return await ToPrint.filter(clerk_id=clerk_id, printed_at=None).count() if clerk_id else 0


async def list_to_print(by: Actor) -> list[Sheet]:
    """Hers, as they were put aside; without those of matters that she does not see any more."""
    rows = await ToPrint.filter(clerk_id=by.person_id, printed_at=None).select_related("notice").order_by("asked_at")
    seen = visible_matters(by, [flow_named(FLOW)])
    matters = {row.id: row for row in await MatterRow.filter(seen, id__in=[row.matter_id for row in rows])}
    return [_sheet(row, matters[row.matter_id]) for row in rows if row.matter_id in matters]


def _sheet(row: ToPrint, matter: MatterRow) -> Sheet:
    notice = row.notice
    number = number_text(WORDS, notice.series, notice.year, notice.number) if notice else ""
    title = notice.title if notice else str(RECEIPT)
    return Sheet(row.id, matter.id, row.notice_id, matter.code, title, number, title_of(matter), row.asked_at)
