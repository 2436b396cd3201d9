"""Every route of the scene, asked by every visitor about every object; and what rights.toml says of each answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianxin.declarations import Route
from tests.contract.scene import VISITORS, Scene, absent

TABLE = tomllib.loads((Path(__file__).parent / "rights.toml").read_text("utf-8"))["group"]
EVERYONE = ("nobody", *VISITORS)
OBJECTS = ("mine", "neighbour", "township", "far", "far_health", "absent")
DRAFTS = ("mine", "neighbour", "absent")
PLACE_OF = {
    "matter": ("code", "matter"),
    "file": ("file",),
    "task": ("task",),
    "person": ("person",),
    "draft": ("draft",),
}


@dataclass(frozen=True)
class Cell:
    """One question: this visitor, this route, this object ("" where the route names none)."""

    visitor: str
    name: str
    object: str

    def __str__(self) -> str:
        return f"{self.visitor} {self.name} {self.object}".strip()


def groups_of(name: str) -> list[dict[str, Any]]:
    """The groups in which a route stands."""
    return [group for group in TABLE if name in group["routes"]]


def routes_in_order(scene: Scene) -> list[tuple[str, Route]]:
    """By the table: reading before changing in each group, and the table's last words last."""
    routes = scene.site.app.state.site.routes
    named = [name for group in TABLE for name in group["routes"]]
    first = [name for name in named if "POST" not in routes[name].item.methods]
    return [(name, routes[name].item) for name in [*first, *(name for name in named if name not in first)]]


def cells_of(name: str) -> Iterator[Cell]:
    """All questions about one route."""
    (group,) = groups_of(name)
    kind = group.get("object", "")
    objects = {"": ("",), "draft": DRAFTS, "held": ("absent",)}.get(kind, OBJECTS)
    # Whoever may do it comes last: it is done then.
    for visitor in sorted(EVERYONE, key=lambda each: each in group.get("does", ())):
        yield from (Cell(visitor, name, each) for each in objects)


def expected(cell: Cell) -> str:
    """What the table says: "in", "sign in", "403" or "404"."""
    (group,) = groups_of(cell.name)
    who = group["who"]
    if who == ["everybody"]:
        return "in"
    if cell.visitor == "nobody":
        return "sign in"
    if who != ["signed in"] and cell.visitor not in who:
        return "403"
    if group.get("object") and cell.object not in group.get("sees", {}).get(cell.visitor, ()):
        return "404"
    if "does" in group and cell.object not in group["does"].get(cell.visitor, ()):
        return "403"
    return "in"


def address(scene: Scene, cell: Cell) -> str:
    """The route's path with its places filled for this object."""
    opened = scene.site.app.state.site
    path, places = opened.urls._paths[cell.name]
    return str(path.format(**{place: _fill(scene, cell, place) for place in places}))


def _fill(scene: Scene, cell: Cell, place: str) -> str:
    (group,) = groups_of(cell.name)
    planted = scene.planted.get(cell.object)
    if place in PLACE_OF.get(group.get("object", ""), ()):
        if place == "draft":
            return scene.places.get(f"draft:{cell.object}") or absent(place)
        if planted is None:
            return absent(place)
        return planted.code if place in ("code", "matter") else str(getattr(planted, place))
    if f"{cell.name}:{place}" in scene.places:
        return scene.places[f"{cell.name}:{place}"]
    if place == "move":
        return "withdraw" if cell.name == "eservices:api_my_move" else "request_correction"
    if place == "transition":
        return "withdraw" if cell.name.startswith("account:") else "request_correction"
    if place == "code":
        return scene.planted["mine"].code
    if place == "session":
        return scene.places["session:neighbour"]
    if cell.name == "eservices:remove_photo" and place in ("step", "file"):
        return scene.places[f"photo:{place}"]
    if place == "person":
        return scene.places["account"]
    return scene.places[place]


async def ask(scene: Scene, cell: Cell, route: Route) -> tuple[str, Any]:
    """The answer in the words of the table, and the answer itself."""
    browser = await scene.browser(cell.visitor)
    where = address(scene, cell)
    if route.kind == "api" and route.takes is not None:
        answer = await browser.post(where, json={})
    elif route.kind == "action":
        answer = await browser.post(where, data={})
    else:
        answer = await browser.request("HEAD" if route.kind == "stream" else "GET", where)
    return _word(answer), answer


def _word(answer: Any) -> str:
    status = answer.status_code
    if status == 401 or (status == 303 and answer.headers["location"].startswith("/sign-in?next=")):
        return "sign in"
    if status in (403, 404):
        return str(status)
    # A form without a word in it is answered by 422 or 409: she was let in, and told what is missing.
    return "in" if status in (200, 303, 409, 422) else f"broken: {status}"
