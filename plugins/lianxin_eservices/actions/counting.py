"""Keeping the figures: a month is counted anew and put in the place of what was kept, all or nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from lianxin.api import MatterRow, unit_of_work
from lianxin_eservices.models import Figure, OfficeFigure
from lianxin_eservices.queries.happenings import day_of, happened_in
from lianxin_eservices.rules.figures import Counted, Key, by_office, count, month_of, months_back, next_month


async def count_lately(now: datetime) -> int:
    """This month and the one before, which a night's work may still have touched. Answers how many lines are kept."""
    this = month_of(day_of(now))
    return sum([await count_month(month, now) for month in months_back(this, 2)])


async def count_all(now: datetime) -> int:
    """Every month since the first case. Answers how many lines are kept."""
    first = await MatterRow.filter(flow="eservices.case").order_by("created_at").first()
    if first is None:
        return 0
    kept, month, end = 0, month_of(day_of(first.created_at)), next_month(month_of(day_of(now)))
    while month < end:
        kept += await count_month(month, now)
        month = next_month(month)
    return kept


async def count_month(month: date, now: datetime) -> int:
    """Counts one month. Who reads meanwhile sees the old figures or the new ones, never none."""
    found = count(await happened_in(month, next_month(month)))
    async with unit_of_work():
        await Figure.filter(month=month).delete()
        rows = [Figure(item_id=key.item, **_columns(key, counted, now)) for key, counted in found.items()]
        await Figure.bulk_create(rows, batch_size=500)
        await OfficeFigure.filter(month=month).delete()
        whole = [OfficeFigure(**_columns(key, counted, now)) for key, counted in by_office(found).items()]
        await OfficeFigure.bulk_create(whole, batch_size=500)
    return len(found)


def _columns(key: Key, counted: Counted, now: datetime) -> dict[str, Any]:
    return {
        "month": key.month,
        "office": key.office,
        "received": counted.received,
        "decided": counted.decided,
        "on_time": counted.on_time,
        "corrections": counted.corrections,
        "call_backs": counted.call_backs,
        "days": {str(day): number for day, number in sorted(counted.days.items())},
        "grades": {str(grade): number for grade, number in sorted(counted.grades.items())},
        "counted_at": now,
    }
