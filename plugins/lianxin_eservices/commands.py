"""What county IT does with the catalogue: loads it, takes it out as a file, puts a file in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from lianxin.api import Command
from lianxin_eservices.actions.counting import count_all
from lianxin_eservices.actions.publishing import load_catalogue, publish_items
from lianxin_eservices.queries.transfer import export_catalogue, read_catalogue


async def _load() -> str:
    changed = await load_catalogue(now=datetime.now(UTC))
    return f"{changed} items published or renewed."


async def _export() -> str:
    return (await export_catalogue()).rstrip("\n")


async def _import() -> str:
    items = read_catalogue(sys.stdin.read())
    changed = await publish_items(items, now=datetime.now(UTC), reorder=False)
    return f"{changed} items published or renewed, {len(items) - changed} were the same."


async def _recount() -> str:
    kept = await count_all(datetime.now(UTC))
    return f"{kept} lines of figures are kept, counted from the cases themselves."


COMMANDS = (
    Command("load-catalogue", "Publishes the items that ship with the plugin, or newer versions of them.", _load),
    Command("export-catalogue", "Prints all live items as YAML.", _export),
    Command("import-catalogue", "Publishes the items of a YAML file that is given to it (< services.yaml).", _import),
    Command("recount-figures", "Counts the figures of all months anew, from the cases themselves.", _recount),
)
