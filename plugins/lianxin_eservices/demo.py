"""Demo data: the catalogue, and some hundreds of applications in every state."""

from __future__ import annotations

from datetime import datetime

from lianxin_eservices.actions.publishing import load_catalogue


async def fill_demo(now: datetime) -> None:
    """The catalogue as it ships."""
    await load_catalogue(now=now)
