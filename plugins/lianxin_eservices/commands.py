"""What county IT does once with the catalogue."""

from __future__ import annotations

from datetime import UTC, datetime

from lianxin.api import Command
from lianxin_eservices.actions.publishing import load_catalogue


async def _load() -> str:
    changed = await load_catalogue(now=datetime.now(UTC))
    return f"{changed} items published or renewed."


COMMANDS = (
    Command("load-catalogue", "Publishes the items that ship with the plugin, or newer versions of them.", _load),
)
