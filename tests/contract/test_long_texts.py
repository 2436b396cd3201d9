"""What nobody was ever named: text longer than any column has room for, in each place, query and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lianxin.access.actor import SYSTEM_ACTOR
from lianxin.declarations import Route
from lianxin.directory.areas import find_area, list_history
from lianxin.directory.organisations import find_organisation
from lianxin.matters.queries import list_queue
from lianxin.testing.site import SiteClient
from lianxin_eservices.queries.items import find_published
from tests.contract.asking import Cell, address, cells_of, expected, groups_of, routes_in_order
from tests.contract.scene import Scene
from tests.faults.size import size

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
TEXTS = (
    *("x" * length for length in (21, 41, 61, 81, 121, 199, 300)),
    *("ﷺ" * length for length in (19, 59, 199)),
    "ẞ" * 59,
)
"""Just beyond what usual columns hold, just within what an address may hold, and far beyond; and what grows when it is

made plain: one such character becomes eighteen, or two.
"""
FEW = ("x" * 300, "ﷺ" * 59)
_ALL = pytest.param(TEXTS, id="all", marks=pytest.mark.fault)
TEXT_SETS = [pytest.param(FEW, id="few"), *size((), (_ALL,))]
"""Every route by a few of them at each change; by all of them with the faults in full."""
SAID = (200, 303, 401, 403, 404, 409, 411, 413, 415, 422, 429)


def queries_read() -> list[str]:
    """The name of every parameter that any handler reads."""
    texts = [path.read_text("utf-8") for top in ("core", "plugins") for path in (ROOT / top).rglob("*.py")]
    found = {name for text in texts for name in re.findall(r"\.query\(\s*\"(\w+)\"", text)}
    assert len(found) > 10
    return sorted(found)


def let_in(name: str) -> Cell:
    """Somebody for whom the address opens, and what she may see under it."""
    cells = list(cells_of(name))
    inside = [cell for cell in cells if expected(cell) == "in"]
    admitted = [cell for cell in cells if cell.visitor in groups_of(name)[0]["who"]]
    return [*inside, *admitted, *cells][0]


async def _ask(browser: SiteClient, route: Route, where: str, data: dict[str, Any] | None = None) -> int:
    if route.kind == "api" and route.takes is not None:
        return int((await browser.post(where, json=data or {})).status_code)
    if route.kind == "action":
        return int((await browser.post(where, data=data or {})).status_code)
    return int((await browser.request("HEAD" if route.kind == "stream" else "GET", where)).status_code)


async def test_what_is_longer_than_any_is_not_there(scene: Scene) -> None:
    """Whoever asks, by whatever text."""
    for text in TEXTS:
        assert await find_area(text) is None
        assert await list_history(text) == []
        assert await find_organisation(text) is None
        assert await find_published(text) is None
        assert list((await list_queue(SYSTEM_ACTOR, text=text, now=scene.site.clock())).rows) == []


@pytest.mark.parametrize("texts", TEXT_SETS)
async def test_long_places_name_nothing(scene: Scene, texts: tuple[str, ...]) -> None:
    broken, asked = [], 0
    for name, route in routes_in_order(scene):
        path, places = scene.site.app.state.site.urls._paths[name]
        cell = let_in(name)
        right, browser = address(scene, cell), await scene.browser(cell.visitor)
        for place in places:
            before = path.split("{" + place + "}")[0].count("/")
            for text in texts:
                parts = right.split("/")
                parts[before] = text
                status = await _ask(browser, route, "/".join(parts))
                asked += 1
                if status not in SAID:
                    broken.append(f"{name} {place} {len(text)}: {status}")
    assert broken == []
    assert asked > 50


@pytest.mark.parametrize("texts", TEXT_SETS)
async def test_long_queries_find_nothing(scene: Scene, texts: tuple[str, ...]) -> None:
    broken = []
    for name, route in routes_in_order(scene):
        if route.kind == "action":
            continue
        cell = let_in(name)
        browser = await scene.browser(cell.visitor)
        for text in texts:
            asked = "&".join(f"{each}={text}" for each in queries_read())
            status = await _ask(browser, route, f"{address(scene, cell)}?{asked}")
            if status not in SAID:
                broken.append(f"{name} {len(text)}: {status}")
    assert broken == []


@pytest.mark.parametrize("texts", TEXT_SETS)
async def test_long_fields_are_told_what_is_wrong(scene: Scene, texts: tuple[str, ...]) -> None:
    broken, asked = [], 0
    for name, route in routes_in_order(scene):
        if route.kind != "action" or route.form is None:
            continue
        cell = let_in(name)
        where = address(scene, cell)
        for text in texts:
            browser = await scene.browser(cell.visitor)
            for typed in ({field: text} for field in route.form.model_fields):
                asked += 1
                for data in (typed, dict.fromkeys(route.form.model_fields, text)):
                    status = await _ask(browser, route, where, data)
                    if status not in SAID:
                        broken.append(f"{name} {sorted(data)} {len(text)}: {status}")
    assert broken == []
    assert asked > 50
