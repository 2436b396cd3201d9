"""Erasing files that nobody holds any more."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from lianxin.api import forget
from lianxin_eservices.queries.papers import unheld


async def free(file_ids: Iterable[UUID]) -> None:
    """Erases those of these files that no draft, no case and no box holds. Call it outside a unit of work."""
    gone = await unheld(file_ids)
    if gone:
        await forget(gone)
