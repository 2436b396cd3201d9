"""Reading and writing the small table of these tests."""

from __future__ import annotations

from lianxin.data.connection import connection


async def put(box: str, name: str, number: int = 0) -> None:
    """One row more."""
    await connection().execute_query(f"INSERT INTO {box} (name, number) VALUES ('{name}', {int(number)})")


async def number_of(box: str, name: str) -> int | None:
    """The number under this name, as this task sees it now."""
    rows = await connection().execute_query_dict(f"SELECT number FROM {box} WHERE name = '{name}'")
    return int(rows[0]["number"]) if rows else None


async def add_one(box: str, name: str) -> None:
    """Read, then write: right only inside a transaction that holds the row."""
    lock = "" if connection().capabilities.dialect == "sqlite" else " FOR UPDATE"
    rows = await connection().execute_query_dict(f"SELECT number FROM {box} WHERE name = '{name}'{lock}")
    await connection().execute_query(f"UPDATE {box} SET number = {rows[0]['number'] + 1} WHERE name = '{name}'")


async def count(box: str) -> int:
    """How many rows there are."""
    return int((await connection().execute_query_dict(f"SELECT count(*) AS n FROM {box}"))[0]["n"])
