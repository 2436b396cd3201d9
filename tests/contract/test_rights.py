"""rights.toml is kept: every route × visitor × object; and the table would notice if nothing were hidden."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from tortoise.expressions import Q

from lianxin.access import visible
from lianxin.access.models import Session
from lianxin.access.rights import ROLES
from tests.contract.asking import EVERYONE, TABLE, ask, cells_of, expected, groups_of, routes_in_order
from tests.contract.scene import VISITORS, Scene

pytestmark = pytest.mark.anyio
ENDING = ("eservices:drop", "eservices:drop_item_draft", "eservices:send", "admin:end", "eservices:remove_photo")
"""Afterwards the object is gone: whoever may do it does it once."""
HERE = Path(__file__).parent


async def test_each_route_stands_in_one_group(scene: Scene) -> None:
    routes = scene.site.app.state.site.routes
    counted = Counter(name for group in TABLE for name in group["routes"])
    assert sorted(set(routes) - set(counted)) == [], "routes in no group: say in rights.toml who may use them"
    assert sorted(set(counted) - set(routes)) == [], "the table names routes that are gone"
    assert {name for name, times in counted.items() if times > 1} == set(), "routes in two groups"


async def test_the_table_speaks_of_every_role_and_of_nobody_else(scene: Scene) -> None:
    assert set(VISITORS) == {role.name for role in ROLES}
    known = {*VISITORS, "everybody", "signed in"}
    for group in TABLE:
        assert group["says"].strip(), group["name"]
        assert {*group["who"], *group.get("sees", {})} <= known, group["name"]


async def test_each_scoped_route_says_what_scopes_it(scene: Scene) -> None:
    for name, route in routes_in_order(scene):
        (group,) = groups_of(name)
        scoped = [place for place, loader in route.loads.items() if loader.scoped and place != "session"]
        assert not scoped or group.get("scope") in ("visible_to", "queue"), name
        assert group.get("scope") != "visible_to" or scoped, name


async def test_nothing_in_the_suite_writes_the_table() -> None:
    texts = {path.name: path.read_text("utf-8") for path in HERE.glob("*.py") if path != Path(__file__)}
    assert [name for name, text in texts.items() if "rights.toml" in text and ".write" in text] == []


async def test_each_kind_of_page_can_be_reached_by_somebody() -> None:
    for group in TABLE:
        for name in group["routes"]:
            if "shown_by" in group:
                assert (HERE.parents[1] / group["shown_by"]).exists()
                continue
            assert "in" in {expected(cell) for cell in cells_of(name)}, name


async def test_every_route_answers_every_visitor_as_the_table_says(scene: Scene) -> None:
    wrong: list[str] = []
    let_in: set[str] = set()
    asked = 0
    for name, route in routes_in_order(scene):
        for cell in cells_of(name):
            if name in ENDING and expected(cell) == "in" and name in let_in:
                continue
            word, answer = await ask(scene, cell, route)
            asked += 1
            if word != expected(cell):
                wrong.append(f"{cell}: {word} ({answer.status_code}), the table says {expected(cell)}")
            if word == "in":
                let_in.add(name)
    assert wrong == [], "\n".join(wrong)
    assert asked > 10 * len(EVERYONE) * 10
    shown = {name for group in TABLE for name in group["routes"] if "shown_by" in group}
    assert let_in | shown == {name for name, _ in routes_in_order(scene)}, "each route was reached by somebody"


async def test_absent_and_forbidden_look_alike(scene: Scene) -> None:
    """The same status and the same words: whether something is there is told to nobody who may not see it."""
    compared = 0
    for name, route in routes_in_order(scene):
        if route.kind == "stream":
            continue
        hidden = [cell for cell in cells_of(name) if expected(cell) == "404"]
        for visitor in {cell.visitor for cell in hidden}:
            mine = [cell for cell in hidden if cell.visitor == visitor]
            gone = next(cell for cell in mine if cell.object == "absent")
            there = next((cell for cell in mine if cell.object != "absent"), None)
            if there is None or visitor not in ("resident", "station_staff", "grid_worker"):
                continue
            texts = [_without_what_changes(scene, (await ask(scene, cell, route))[1].text) for cell in (gone, there)]
            assert texts[0] == texts[1], f"{there} tells that something is there"
            compared += 1
    assert compared > 20


def _without_what_changes(scene: Scene, text: str) -> list[str]:
    """The words of the page: not the addresses, which were in the question, nor the marks of this request."""
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style).*?</\1>", "", text, flags=re.S))
    text = re.sub(r'"request_id":"[^"]*"', "", text)
    return [word for word in text.split() if not re.fullmatch(r"[0-9a-fA-F-]{8,}", word)]


async def test_a_session_of_somebody_else_goes_on(scene: Scene) -> None:
    """Ending one is answered alike whatever it names; only one's own ends."""
    other = scene.places["session:neighbour"]
    before = await Session.get(id=other)
    answer = await (await scene.browser("resident")).post(f"/account/sessions/{other}/end", data={})
    assert answer.status_code == 303
    assert (await Session.get(id=other)).ended_at == before.ended_at is None


async def test_without_the_rule_the_table_fails_on_every_scoped_route(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visible, "may_see", lambda actor, flows: Q())
    blind: list[str] = []
    for name, route in routes_in_order(scene):
        (group,) = groups_of(name)
        if group.get("scope") != "visible_to":
            continue
        hidden = [cell for cell in cells_of(name) if expected(cell) == "404" and cell.object != "absent"]
        for cell in hidden:
            if (await ask(scene, cell, route))[0] != "404":
                break
        else:
            blind.append(name)
    assert blind == [], "these routes do not go through the rule in force"


async def test_the_rule_is_replaced_in_one_place_only() -> None:
    assert "may_see(actor, flows)" in inspect.getsource(visible.visible_matters)
