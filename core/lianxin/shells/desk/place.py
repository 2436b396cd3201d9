"""Where in the queue a visitor is: carried in every address, so that she comes back to the same list."""

from __future__ import annotations

from typing import Literal

from lianxin.api import Visit, find_flow

View = Literal["all", "mine", "unclaimed", "overdue", "elsewhere"]
VIEWS: tuple[View, ...] = ("all", "mine", "unclaimed", "overdue")


def view_of(visit: Visit) -> View:
    """The chip that is on; an unknown one is all."""
    asked = visit.query("view", longest=20)
    return asked if asked in (*VIEWS, "elsewhere") else "all"


def flow_of(visit: Visit) -> str:
    """The flow that is filtered for, or nothing."""
    asked = visit.query("flow", longest=60)
    return asked if find_flow(asked) else ""


def place_of(visit: Visit) -> dict[str, str]:
    """The same as parameters of an address; what is usual is left out."""
    view = view_of(visit)
    return {"view": "" if view == "all" else view, "flow": flow_of(visit)}


def matter_address(visit: Visit, code: str) -> str:
    """The page of a matter, beside the same list."""
    return visit.url("desk:matter", code=code, **place_of(visit))
