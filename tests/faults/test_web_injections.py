"""What a careless database or template would run, in the parameters and places of every address."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from lianxin.testing.site import SiteClient, TestSite
from lianxin.web.asked import Asked
from tests.core.web.probe.everywhere import BREAKING, Stop, all_routes, everybody, real_places
from tests.core.web.probe.opening import whole as whole
from tests.core.web.probe.opening import whole_template as whole_template
from tests.core.web.probe.raw import ask
from tests.faults.payloads import INJECTIONS
from tests.faults.size import size

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
ROOT = Path(__file__).parents[2]
SLEEPS_NOT = 4
"""Seconds. An answer takes hundredths; the payloads that sleep ask for five."""
PAIRS_AT_LEAST = 25


def names_of_parameters() -> list[str]:
    """Every parameter of an address that some page reads."""
    found: set[str] = {"lang", "elder", "theme", "area"}
    for folder in ("core", "plugins"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(re.findall(r'\.query\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    return sorted(found)


class Readings:
    """Which page reads which parameters, noted while they are asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by_stop: dict[str, set[str]] = defaultdict(set)
        self.stop = ""
        really = Asked.query

        def query(asked: Asked, name: str, default: str = "", *, longest: int = 200) -> str:
            self.by_stop[self.stop].add(name)
            return really(asked, name, default, longest=longest)

        monkeypatch.setattr(Asked, "query", query)

    def alone(self, stop: Stop) -> list[str]:
        """Those that could hide one another: each is to be asked by itself."""
        names = self.by_stop[stop.name]
        return sorted(names) if len(names) > 1 else []

    @property
    def pairs(self) -> int:
        """Pages with one of their parameters."""
        return sum(len(names) for names in self.by_stop.values())


async def check(client: SiteClient, path: str, params: dict[str, str]) -> None:
    """The answer is neither broken nor late, and nothing in it was obeyed."""
    began = time.monotonic()
    answer = await client.get(path, params=params)
    what = (path, params)
    assert answer.status_code < 500, what
    assert answer.status_code != 429, what
    assert time.monotonic() - began < SLEEPS_NOT, what
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert" not in answer.text, what
    assert "1337133713" not in answer.text, what


@pytest.fixture
def stops(whole: TestSite) -> list[Stop]:
    """All that is asked with GET and ends."""
    asked = [stop for stop in all_routes(whole, filling="PLACE") if stop.route.kind not in ("action", "stream")]
    return [stop for stop in asked if stop.name not in BREAKING]


async def test_no_payload_in_a_parameter_breaks_a_page(
    whole: TestSite, stops: list[Stop], monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """B19: 200 payloads in every parameter of every page, all at once and each alone: no 5xx, no delay."""
    assert len(INJECTIONS) >= 200
    names = names_of_parameters()
    assert {"q", "after", "back", "next"} <= set(names)
    new_browser = (await everybody(whole))["staff"]
    there = {stop.name: stop.path for stop in all_routes(whole, real=await real_places())}
    readings, asked = Readings(monkeypatch), 0
    for payload in INJECTIONS[:: size(10, 1)]:
        staff, again = await new_browser(), await new_browser()  # two, since each has limits of its own
        for stop in stops:
            readings.stop = stop.name
            await check(staff, there[stop.name], dict.fromkeys(names, payload))
            alone = readings.alone(stop)
            for name in alone:
                await check(again, there[stop.name], {name: payload})
            asked += 1 + len(alone)
    record_property("asked", asked)
    record_property("parameters of pages", readings.pairs)
    assert readings.pairs >= PAIRS_AT_LEAST


async def test_no_payload_in_a_place_breaks_a_page(
    whole: TestSite, stops: list[Stop], record_property: Callable[[str, object], None]
) -> None:
    """B19: 200 payloads in every place of every address: no 5xx."""
    asked = 0
    for index, payload in enumerate(INJECTIONS[:: size(10, 1)]):
        for stop in stops:
            if "PLACE" in stop.path:
                raw = await ask(whole.app, "GET", stop.path.replace("PLACE", payload), peer=f"10.9.{index}.1")
                assert raw.status < 500, (stop.name, payload)
                asked += 1
    record_property("asked", asked)
