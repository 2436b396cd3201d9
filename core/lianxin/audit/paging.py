"""Pages of rows that are only ever added: the latest first, by id."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from tortoise.queryset import QuerySet

from lianxin.data.paging import decode_key, encode_key, page_size
from lianxin.data.row import Row

RowT = TypeVar("RowT", bound=Row)


async def latest_page(query: QuerySet[RowT], after: str, size: int) -> tuple[list[RowT], str | None]:
    """The rows of one page and the key of the next; a key that is none of ours begins at the beginning."""
    last, size = _id(after), page_size(size)
    if last is not None:
        query = query.filter(id__lt=last)
    rows = await query.order_by("-id").limit(size + 1)
    return rows[:size], encode_key([str(rows[size - 1].id)]) if len(rows) > size else None


def _id(after: str) -> UUID | None:
    values = decode_key(after, 1) if after else None
    try:
        return UUID(values[0]) if values else None
    except ValueError:
        return None
