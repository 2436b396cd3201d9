"""Pages of a long list, the newest first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from lianxin.api import decode_key, encode_key

PAGE = 50


async def newest_first(chosen: Any, after: str) -> tuple[list[Any], str | None]:
    """Rows of a query behind the key of the page before, with their matters; and the key of the page that follows."""
    key = decode_key(after, 1) if after else None
    try:
        chosen = chosen.filter(id__lt=UUID(key[0])) if key else chosen
    except ValueError:
        return [], None
    rows = await chosen.order_by("-id").limit(PAGE + 1).select_related("matter")
    return rows[:PAGE], encode_key([str(rows[PAGE - 1].id)]) if len(rows) > PAGE else None
