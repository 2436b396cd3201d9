"""A small ledger: two lines a transfer, which together are nothing. What is half done shows in its sum."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import uuid4

from lianxin.data.connection import connection, is_sqlite
from lianxin.data.unit import unit_of_work

TABLE = "CREATE TABLE fault_line (id VARCHAR(36) PRIMARY KEY, transfer VARCHAR(80) NOT NULL, amount INT NOT NULL)"
COUNTER = "CREATE TABLE fault_counter (name VARCHAR(20) PRIMARY KEY, number INT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Books:
    """What the ledger holds: lines, distinct transfers, and the sum of all amounts."""

    lines: int
    transfers: int
    total: int


async def make_tables() -> None:
    """The tables, with one counter at nought."""
    await connection().execute_script(f"{TABLE}; {COUNTER}; INSERT INTO fault_counter VALUES ('c', 0)")


async def transfer(name: str, pause: float = 0.0) -> None:
    """One line, perhaps a pause, the other line."""
    async with unit_of_work():
        await _line(name, 7)
        if pause:
            await asyncio.sleep(pause)
        await _line(name, -7)


async def _line(name: str, amount: int) -> None:
    await connection().execute_query(
        f"INSERT INTO fault_line (id, transfer, amount) VALUES ('{uuid4()}', '{name}', {amount})"
    )


async def add_one() -> None:
    """Reads the counter and writes what it read and one more."""
    async with unit_of_work():
        lock = "" if is_sqlite() else " FOR UPDATE"
        rows = await connection().execute_query_dict(f"SELECT number FROM fault_counter WHERE name = 'c'{lock}")
        await connection().execute_query(f"UPDATE fault_counter SET number = {rows[0]['number'] + 1} WHERE name = 'c'")


async def counter() -> int:
    """What the counter says."""
    return int((await connection().execute_query_dict("SELECT number FROM fault_counter"))[0]["number"])


async def books() -> Books:
    """The ledger as it is committed."""
    sql = (
        "SELECT count(*) AS lines, count(DISTINCT transfer) AS transfers, COALESCE(sum(amount), 0) AS total "
        "FROM fault_line"
    )
    row = (await connection().execute_query_dict(sql))[0]
    return Books(int(row["lines"]), int(row["transfers"]), int(row["total"]))


async def transfers() -> set[str]:
    """The names of the transfers that are committed."""
    return {row["transfer"] for row in await connection().execute_query_dict("SELECT transfer FROM fault_line")}


async def transfers_named(name: str) -> set[str]:
    """The name, when a transfer has it."""
    rows = await connection().execute_query_dict(f"SELECT transfer FROM fault_line WHERE transfer = '{name}'")
    return {row["transfer"] for row in rows}
