"""The chain over deeds and readings: each seal hashes the seal before it and the rows since, in the order of their ids.

Sealing is a job, never part of a deed: a chain inside transactions would make all writers wait for one another. Rows
younger than MARGIN wait for the next seal, because a transaction that is still open may yet bring an older id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySet

from lianxin.audit.models import AuditEntry, AuditSeal
from lianxin.data.models import Reading
from lianxin.data.unit import unit_of_work
from lianxin.i18n import gettext as _

MARGIN: Final = timedelta(minutes=5)
BATCH: Final = 500
_MARK: Final = 16

SealedRow = AuditEntry | Reading


async def seal(now: datetime) -> int:
    """Seals what is older than MARGIN; answers how many rows. Another job sealing at the same time is let through."""
    total = 0
    while True:
        try:
            async with unit_of_work():
                count = await _seal_batch(now)
        except IntegrityError:
            return total
        total += count
        if count == 0:
            return total


async def _seal_batch(now: datetime) -> int:
    last = await AuditSeal.all().order_by("-number").first()
    up_to, readings_up_to = (last.up_to, last.readings_up_to) if last else (None, None)
    entries = _ripe(await _after(AuditEntry, up_to).limit(BATCH), now)
    readings = _ripe(await _after(Reading, readings_up_to).limit(BATCH), now)
    rows = [*entries, *readings]
    if rows:
        hashes = [_hash(row) for row in rows]
        await AuditSeal.create(
            number=last.number + 1 if last else 1,
            up_to=entries[-1].id if entries else up_to,
            readings_up_to=readings[-1].id if readings else readings_up_to,
            count=len(rows),
            digest=_chain(last.digest if last else "", hashes),
            marks="\n".join(f"{row.id} {digest[:_MARK]}" for row, digest in zip(rows, hashes, strict=True)),
            at=now,
        )
    return len(rows)


def _after(model: type[Any], after: UUID | None, up_to: UUID | None = None) -> QuerySet[Any]:
    query: QuerySet[Any] = model.all() if after is None else model.filter(id__gt=after)
    return (query if up_to is None else query.filter(id__lte=up_to)).order_by("id")


def _ripe(rows: Sequence[Any], now: datetime) -> list[Any]:
    """Up to the first that is too young: a seal leaves no gap behind."""
    ripe: list[Any] = []
    for row in rows:
        if row.at > now - MARGIN:
            break
        ripe.append(row)
    return ripe


def _hash(row: SealedRow) -> str:
    values = [type(row)._meta.db_table, *(_text(getattr(row, name)) for name in sorted(type(row)._meta.db_fields))]
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def _text(value: object) -> object:
    """The same on both engines: moments in UTC to the microsecond, JSON with sorted keys."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return None if value is None else str(value)


def _chain(before: str, hashes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([before, *hashes]).encode()).hexdigest()


async def verify() -> list[str]:
    """Empty when every seal fits; else one sentence that names the first row that was changed, added or removed.

    Rows after the last seal are not covered yet. Reads one seal's rows at a time.
    """
    before: AuditSeal | None = None
    last = await AuditSeal.all().order_by("-number").first()
    for number in range(1, last.number + 1 if last else 1):
        current = await AuditSeal.get_or_none(number=number)
        if current is None:
            return [_("Seal %(number)s of the audit trail is missing.", number=number)]
        fault = await _fault(before, current)
        if fault:
            return [fault]
        before = current
    return []


async def _fault(before: AuditSeal | None, current: AuditSeal) -> str:
    rows: list[SealedRow] = []
    if current.up_to:
        rows += await _after(AuditEntry, before.up_to if before else None, current.up_to)
    if current.readings_up_to:
        rows += await _after(Reading, before.readings_up_to if before else None, current.readings_up_to)
    hashes = [_hash(row) for row in rows]
    if _chain(before.digest if before else "", hashes) == current.digest:
        return ""
    marks = [line.split(" ") for line in current.marks.splitlines()]
    return _first_fault(rows, hashes, {UUID(name): mark for name, mark in marks}) or _(
        "Seal %(number)s of the audit trail was changed.", number=current.number
    )


def _first_fault(rows: Sequence[SealedRow], hashes: Sequence[str], marks: dict[UUID, str]) -> str:
    there = {row.id: (row, digest[:_MARK]) for row, digest in zip(rows, hashes, strict=True)}
    for row_id in sorted(there.keys() | marks.keys()):
        if row_id not in there:
            return _("Row %(id)s of the audit trail was removed after it was sealed.", id=row_id)
        table = type(there[row_id][0])._meta.db_table
        if row_id not in marks:
            return _("Row %(id)s of %(table)s was put in after its time was sealed.", id=row_id, table=table)
        if there[row_id][1] != marks[row_id]:
            return _("Row %(id)s of %(table)s was changed after it was sealed.", id=row_id, table=table)
    return ""
