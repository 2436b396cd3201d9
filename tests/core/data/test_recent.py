"""What was read a moment ago: remembered until something changes here."""

from __future__ import annotations

import asyncio
import sys

import pytest

from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.recent import Recent, begin_reading
from lianxin.data.unit import unit_of_work

pytestmark = pytest.mark.anyio


class Counter:
    """Answers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> int:
        self.asked += 1
        return self.asked


async def test_it_is_read_once_until_a_unit_of_work_ends(database: Config) -> None:
    recent, ask = Recent[int](seconds=60), Counter()
    assert [await recent.get("a", ask), await recent.get("a", ask)] == [1, 1]
    async with unit_of_work():
        assert await recent.get("a", ask) == 2, "inside a unit of work everything is read"
    assert [await recent.get("a", ask), await recent.get("a", ask)] == [3, 3]
    with pytest.raises(ZeroDivisionError):
        async with unit_of_work():
            raise ZeroDivisionError
    assert await recent.get("a", ask) == 4, "who knows what came of it"


async def test_keys_are_kept_apart_and_old_answers_are_forgotten(database: Config) -> None:
    recent, ask = Recent[int](seconds=60, most=2), Counter()
    assert [await recent.get(key, ask) for key in ("a", "b", "a", "b")] == [1, 2, 1, 2]
    assert await recent.get("c", ask) == 3
    assert [await recent.get("b", ask), await recent.get("c", ask)] == [2, 3], "there is room for two"
    assert await recent.get("a", ask) == 4, "it was the oldest"
    gone = Recent[int](seconds=0)
    assert [await gone.get("a", ask), await gone.get("a", ask)] == [5, 6]


async def test_what_no_longer_counts_is_not_held(database: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    at = [1000.0]
    monkeypatch.setattr("lianxin.data.recent.monotonic", lambda: at[0])
    recent, page = Recent[bytearray](), bytearray(8)

    async def load() -> bytearray:
        return page

    held = sys.getrefcount(page)
    await recent.get("old", load)
    at[0] += 2
    await recent.get("new", lambda: asyncio.sleep(0, bytearray()))
    assert sys.getrefcount(page) == held


async def test_what_was_read_before_a_change_is_not_kept(database: Config) -> None:
    recent = Recent[int](seconds=60)
    moment = begin_reading()
    async with unit_of_work():
        pass
    recent.keep("a", 1, moment)
    assert recent.find("a") is None


async def test_another_database_is_asked_anew(site_config: Config) -> None:
    recent, ask = Recent[int](seconds=60), Counter()
    for expected in (1, 2):
        async with open_database(site_config):
            assert await recent.get("a", ask) == expected
