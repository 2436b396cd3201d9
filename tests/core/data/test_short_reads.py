"""Short reads are answered on the loop; long ones are cut off there and answered by a thread."""

import sqlite3
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data import short_reads
from lianxin.data.connection import connection
from lianxin.data.short_reads import MOST, ShortReads

LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) AS most FROM n"

pytestmark = pytest.mark.anyio


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "short.sqlite3"
    with sqlite3.connect(path) as writer:
        writer.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);")
    writer.close()
    return path


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No machine is so slow that a short read burns the fuse."""
    monkeypatch.setattr(short_reads, "FUSE", 60.0)


@pytest.mark.usefixtures("patient")
def test_a_short_read_is_answered_and_sees_what_was_committed_since(file: Path) -> None:
    reads = ShortReads(str(file))
    with sqlite3.connect(file) as writer:
        writer.execute("INSERT INTO t VALUES (3)")
    writer.close()
    found = reads.rows("SELECT a FROM t WHERE a > ?", [1])
    reads.close()
    assert found is not None
    assert [dict(row) for row in found] == [{"a": 2}, {"a": 3}]


def test_a_long_one_is_cut_off_and_not_tried_again_at_once(file: Path) -> None:
    reads = ShortReads(str(file))
    tried: list[str] = []
    assert reads.rows(LONG, []) is None
    reads._connection.set_trace_callback(tried.append)
    assert reads.rows(LONG, []) is None
    reads.close()
    assert tried == []


@pytest.mark.usefixtures("patient")
def test_it_can_not_write(file: Path) -> None:
    reads = ShortReads(str(file))
    assert reads.rows("INSERT INTO t VALUES (4) RETURNING a", []) is None
    found = reads.rows("SELECT count(*) AS n FROM t", [])
    reads.close()
    assert found is not None
    assert found[0]["n"] == 2


@pytest.mark.usefixtures("patient")
def test_it_waits_for_nobody(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "held.sqlite3", isolation_level=None)
    holder.execute("CREATE TABLE t (a)")
    reads = ShortReads(str(tmp_path / "held.sqlite3"))
    holder.execute("BEGIN EXCLUSIVE")
    assert reads.rows("SELECT a FROM t", []) is None
    holder.close()
    reads.close()


def test_what_is_kept_of_long_ones_has_an_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = ShortReads(str(file))
    for number in range(MOST + 1):
        assert reads.rows(f"SELECT nothing{number}", []) is None
    assert len(reads._long) <= MOST
    reads.close()


async def test_a_long_one_is_answered_all_the_same(database: Config) -> None:
    rows = await connection().execute_query_dict(LONG)
    assert rows == [{"most": 3000000}]
