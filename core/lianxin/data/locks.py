"""One at a time by name, for as long as the transaction lasts: for rules that count rows before they add one."""

from __future__ import annotations

import hashlib

from lianxin.data.connection import connection, is_sqlite
from lianxin.data.unit import current_unit


async def hold(*parts: str) -> None:
    """Waits until no other transaction holds this name, and holds it until this one ends.

    SQLite has one writer anyway, from BEGIN IMMEDIATE on. Raises RuntimeError outside unit_of_work().
    """
    current_unit()
    if is_sqlite():
        return
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big", signed=True)
    await connection().execute_query("SELECT pg_advisory_xact_lock($1)", [number])


def inside_unit() -> bool:
    """Whether a unit of work is open here."""
    try:
        current_unit()
    except RuntimeError:
        return False
    return True
