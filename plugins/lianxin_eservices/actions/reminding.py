"""Reminders before somebody's time is over: the applicant's, a colleague's; and what leaders hear each morning.

Each is told once: the key under which a message is kept says which reminder it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from lianxin.api import (
    Actor,
    MatterRow,
    attach_message,
    list_grants,
    load_calendar,
    load_grants,
    show_code,
    tell,
    unit_of_work,
)
from lianxin_eservices import messages_reminders as told
from lianxin_eservices.access import SUPERVISE
from lianxin_eservices.models import Case
from lianxin_eservices.queries.authorisations import proxy_told
from lianxin_eservices.queries.supervising import count_ending
from lianxin_eservices.rules.days import COUNTY_ZONE, end_of_next_working_day, last_day

WAITED: Final = (timedelta(days=5), timedelta(days=15))
"""After so long she is reminded of what the office waits for: twice, then it is left to her."""
STAYS_TRUE: Final = timedelta(days=3)
"""A machine that was off for a long weekend still reminds; what is older was reminded of, or never will be."""
AT_ONCE: Final = 50
"""Applicants told in one transaction: each waits for the disk, and ten thousand must be done within half a minute."""
NAMED: Final = 5
LEADS: Final = "supervisor"


async def remind_applicants(now: datetime) -> int:
    """Tells whoever was asked for something some days ago and has not sent it. Answers of how many matters."""
    count = 0
    for place, waited in enumerate(WAITED):
        waiting = await Case.filter(
            matter__state="correction_requested",
            matter__closed_at=None,
            matter__changed_at__lte=now - waited,
            matter__changed_at__gt=now - waited - STAYS_TRUE,
        ).select_related("matter")
        for begin in range(0, len(waiting), AT_ONCE):
            async with unit_of_work():
                for case in waiting[begin : begin + AT_ONCE]:
                    await _remind_applicant(case, place, now)
        count += len(waiting)
    return count


async def _remind_applicant(case: Case, place: int, now: datetime) -> None:
    matter = case.matter
    parameters: dict[str, Any] = {
        "item": {"zh_Hans": matter.title, "en": matter.title_en or matter.title},
        "code": show_code(matter.code),
        "since": matter.changed_at.astimezone(COUNTY_ZONE).date(),
    }
    proxy = await proxy_told(case.authorisation_id, matter.made_by_id, now)
    for reader in (case.contact_id, proxy) if proxy else (case.contact_id,):
        message_id = await tell(
            reader,
            told.STILL_WAITING,
            parameters=parameters,
            path=f"/m/{matter.code}",
            dedupe_key=f"eservices.still_waiting:{matter.id}:{matter.version}:{place}:{reader}",
            now=now,
        )
        await attach_message(matter.id, message_id)


async def remind_colleagues(now: datetime) -> int:
    """Tells each colleague, on a working day, which of her matters end by the next one. Answers how many were told."""
    ending = await _end_of_tomorrow(now)
    if ending is None:
        return 0
    rows = (
        await MatterRow.filter(
            flow__startswith="eservices.", closed_at=None, owner_id__not_isnull=True, due_at__gt=now, due_at__lte=ending
        )
        .order_by("due_at", "id")
        .values("owner_id", "code")
    )
    hers: dict[UUID, list[str]] = {}
    for row in rows:
        hers.setdefault(row["owner_id"], []).append(row["code"])
    for owner_id, codes in hers.items():
        await _tell_colleague(owner_id, codes, ending, now)
    return len(hers)


async def _tell_colleague(owner_id: UUID, codes: Sequence[str], ending: datetime, now: datetime) -> None:
    async with unit_of_work():
        await tell(
            owner_id,
            told.ENDING_DESK,
            parameters={
                "count": len(codes),
                "due": last_day(ending),
                "codes": " · ".join(show_code(code) for code in codes[:NAMED]),
            },
            path=f"/m/{codes[0]}" if len(codes) == 1 else "/desk/?view=mine",
            dedupe_key=f"eservices.ending:{owner_id}:{last_day(ending)}",
            now=now,
        )


async def remind_leaders(now: datetime) -> int:
    """One message on a working day for each leader in whose places something is late or nearly so; answers how many."""
    ending = await _end_of_tomorrow(now)
    if ending is None:
        return 0
    leaders = {grant.person_id for grant in await list_grants(now, role=LEADS) if grant.counts}
    return sum([await _tell_leader(person_id, ending, now) for person_id in sorted(leaders)])


async def _tell_leader(person_id: UUID, ending: datetime, now: datetime) -> int:
    actor = Actor(person_id=person_id, staff=True, grants=await load_grants(person_id, now))
    counted = await count_ending(actor, now=now, until=ending)
    if not actor.may(SUPERVISE) or not (counted.late or counted.near):
        return 0
    async with unit_of_work():
        await tell(
            person_id,
            told.DIGEST_DESK,
            parameters={"late": counted.late, "near": counted.near, "free": counted.free, "due": last_day(ending)},
            path="/desk/watch",
            dedupe_key=f"eservices.digest:{person_id}:{last_day(now)}",
            now=now,
        )
    return 1


async def _end_of_tomorrow(now: datetime) -> datetime | None:
    """The end of the next working day; None on a day on which offices are closed."""
    calendar = await load_calendar()
    if not calendar.is_working_day(now.astimezone(COUNTY_ZONE).date()):
        return None
    return end_of_next_working_day(now, calendar.is_working_day)
