"""Slots: what plugins put into pages, without those that fail or are late."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from lianxin import slots
from lianxin.bus import Event
from lianxin.config import Config
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Filler
from lianxin.slots import ABANDONED_AT_MOST, FilledSlot, fill, use_fillers

pytestmark = pytest.mark.anyio
HANG = 30


@pytest.fixture(autouse=True)
def no_fillers() -> Iterator[None]:
    """Nothing stays registered."""
    yield
    use_fillers([])


async def greet(visit: str, page: str) -> str:
    return f"{page} for {visit}"


async def nothing(visit: str, page: str) -> None:
    return None


async def fail(visit: str, page: str) -> str:
    raise ZeroDivisionError


async def test_fillers_are_drawn_by_weight_and_none_is_left_out() -> None:
    use_fillers(
        [
            ("late", Filler("portal.home", greet, "late.html", weight=90)),
            ("empty", Filler("portal.home", nothing, "empty.html")),
            ("early", Filler("portal.home", greet, "early.html", weight=10)),
            ("elsewhere", Filler("portal.foot", greet, "foot.html")),
        ]
    )
    assert await fill("portal.home", "visit", "page") == [
        FilledSlot("early.html", "page for visit", "early"),
        FilledSlot("late.html", "page for visit", "late"),
    ]
    assert await fill("nobody.knows", "visit", "page") == []


async def test_a_filler_that_fails_is_left_out_and_its_plugin_named() -> None:
    use_fillers([("broken", Filler("home", fail, "b.html")), ("sound", Filler("home", greet, "s.html"))])
    with capture_logs() as logs:
        filled = await fill("home", "visit", "page")
    assert [slot.owner for slot in filled] == ["sound"]
    assert [line["owner"] for line in logs if line["event"] == "slot_filler_failed"] == ["broken"]


async def test_a_late_filler_is_left_out_and_runs_to_its_end() -> None:
    go_on, ended = asyncio.Event(), asyncio.Event()

    async def slow(visit: str, page: str) -> str:
        await go_on.wait()
        ended.set()
        return "too late"

    use_fillers([("slow", Filler("home", slow, "slow.html")), ("sound", Filler("home", greet, "s.html"))])
    with capture_logs() as logs:
        filled = await fill("home", "visit", "page", budget_seconds=0.05)
    assert [slot.owner for slot in filled] == ["sound"]
    assert [line["owner"] for line in logs if line["event"] == "slot_filler_late"] == ["slow"]
    go_on.set()
    async with asyncio.timeout(HANG):
        await ended.wait()


async def test_a_filler_that_never_ends_is_at_last_not_asked_any_more() -> None:
    asked = 0
    go_on = asyncio.Event()

    async def stuck(visit: str, page: str) -> None:
        nonlocal asked
        asked += 1
        await go_on.wait()

    use_fillers([("stuck", Filler("home", stuck, "stuck.html"))])
    for _ in range(ABANDONED_AT_MOST + 3):
        assert await fill("home", "visit", "page", budget_seconds=0) == []
    await asyncio.sleep(0)
    assert asked == ABANDONED_AT_MOST
    go_on.set()
    async with asyncio.timeout(HANG):
        await asyncio.wait(set(slots._abandoned))
    await asyncio.sleep(0)
    await fill("home", "visit", "page", budget_seconds=0.05)
    assert asked == ABANDONED_AT_MOST + 1


async def test_a_page_is_not_drawn_inside_a_transaction(database: Config) -> None:
    use_fillers([("sound", Filler("home", greet, "s.html"))])
    async with unit_of_work():
        with pytest.raises(RuntimeError):
            await fill("home", "visit", "page")


async def test_fillers_can_ask_the_database(database: Config) -> None:
    async def count(visit: Any, page: Any) -> int:
        return await Event.all().count()

    use_fillers([("counts", Filler("home", count, "c.html"))])
    assert [slot.content for slot in await fill("home", "visit", "page", budget_seconds=HANG)] == [0]
