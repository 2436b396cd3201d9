"""Sheets are put aside, printed in one go, or taken out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lianxin.api import unit_of_work
from lianxin_eservices.models import ToPrint


async def print_later(clerk_id: UUID, matter_id: UUID, notice_id: UUID | None, *, now: datetime) -> None:
    """Puts a notice, or the receipt, aside. What lies there already lies there once."""
    row = ToPrint(clerk_id=clerk_id, matter_id=matter_id, notice_id=notice_id, asked_at=now)
    async with unit_of_work():
        await ToPrint.bulk_create([row], ignore_conflicts=True)


async def mark_printed(clerk_id: UUID, ids: Iterable[UUID], *, now: datetime) -> int:
    """These of hers are on paper; answers how many were not yet (more than 0 means some)."""
    async with unit_of_work():
        return await ToPrint.filter(clerk_id=clerk_id, id__in=list(ids), printed_at=None).update(printed_at=now)


async def take_out(clerk_id: UUID, line_id: UUID) -> None:
    """Not to be printed after all."""
    async with unit_of_work():
        await ToPrint.filter(clerk_id=clerk_id, id=line_id, printed_at=None).delete()


async def forget_printed(before: datetime) -> None:
    """What was printed long ago is of no use to anybody."""
    async with unit_of_work():
        await ToPrint.filter(printed_at__lt=before).delete()
