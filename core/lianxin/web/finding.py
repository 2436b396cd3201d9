"""Finds the route of an address without trying all of them: a county has some three hundred."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send


class Finding(BaseRoute):
    """Routes in the order in which they count, tried only where they can match.

    A match says in `route` which one it was.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._fixed: dict[str, list[Route]] = {}
        self._placed: dict[tuple[str, int], list[Route]] = {}
        self._anywhere: list[Route] = []
        for route in routes:
            self._put(route)

    def _put(self, route: Route) -> None:
        first = _first(route.path)
        if "{" not in route.path:
            self._fixed.setdefault(route.path, []).append(route)
        elif "{" in first or ":" in route.path:
            self._anywhere.append(route)
        else:
            self._placed.setdefault((first, route.path.count("/")), []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first whole match; else the first whose methods are others."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        if scope["type"] != "http":
            return partial
        path = scope["path"]
        placed = self._placed.get((_first(path), path.count("/")), ())
        for routes in (self._fixed.get(path, ()), placed, self._anywhere):
            for route in routes:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    return match, {**found, "route": route}
                if match is Match.PARTIAL and partial[0] is Match.NONE:
                    partial = (match, {**found, "route": route})
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """By the route that was found."""
        await scope["route"].handle(scope, receive, send)


def _first(path: str) -> str:
    return path[1:].partition("/")[0]
