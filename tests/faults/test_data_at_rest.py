"""1.4: what is sealed lies nowhere in clear: not in the database, not in its log, not moved to another row."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite
from lianxin.data.keys import load_keys, make_keys
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import Vault, VaultError, get_vault, use_vault
from lianxin.directory.models import Person
from lianxin.directory.people import DeskEntry, find_or_create_person
from lianxin.testing.clock import START
from lianxin.values.identity import make_id_number
from lianxin.values.masks import mask_id

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
PLANTED = 1000 if os.environ.get("LIANXIN_FAULT_SIZE") == "full" else 100


async def plant(count: int) -> list[bytes]:
    """People whose ID and telephone numbers the desk typed; answers the numbers in clear."""
    planted: list[bytes] = []
    for each in range(count):
        number = make_id_number(date(1940, 1, 1) + timedelta(days=each * 9), each % 1000).value
        phone = f"1380000{each:04d}"
        entry = DeskEntry(name="周小华", id_number=number, phone=phone, home_area_id=None, card_seen=True)
        async with unit_of_work():
            answer = await find_or_create_person(entry, create_anyway=True, now=START)
        assert answer.person is not None
        planted += [number.encode(), phone.encode()]
    return planted


async def everything_at_rest(config: Config) -> bytes:
    """All that the database has written: its files on SQLite, every row of every table on PostgreSQL."""
    if is_sqlite():
        files = [config.sqlite_file, Path(f"{config.sqlite_file}-wal"), Path(f"{config.sqlite_file}-shm")]
        return b"".join(file.read_bytes() for file in files if file.exists())
    tables = await connection().execute_query_dict("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    rows = b""
    for table in tables:
        sql = "SELECT query_to_xml(format('SELECT * FROM %I', $1::text), true, false, '')::text AS all_of_it"
        found = await connection().execute_query_dict(sql, [table["tablename"]])
        rows += str(found[0]["all_of_it"]).encode()
    return rows


async def test_no_number_lies_in_clear(database: Config) -> None:
    """1.4: planted ID and telephone numbers are found nowhere in the database, and are there when asked for."""
    make_keys(database.keys_file)
    use_vault(Vault(load_keys(database.keys_file)))
    planted = await plant(PLANTED)
    at_rest = await everything_at_rest(database)
    assert len(at_rest) > 10_000
    assert "周小华".encode() in at_rest, "the search finds what is in clear"
    assert [number for number in planted if number in at_rest] == []
    assert await Person.all().count() == PLANTED


async def test_a_value_moved_to_another_row_does_not_open(database: Config) -> None:
    """1.4: two sealed values that somebody swapped are both refused."""
    make_keys(database.keys_file)
    use_vault(Vault(load_keys(database.keys_file)))
    await plant(2)
    one, two = await Person.all().order_by("id")
    first, second = one.id_number, two.id_number
    async with unit_of_work():
        await Person.filter(id=one.id).update(id_number=second)
        await Person.filter(id=two.id).update(id_number=first)
    for row in await Person.all():
        with pytest.raises(VaultError):
            get_vault().masked(row.id_number, table="person", column="id_number", row_id=row.id, mask=mask_id)
