"""Routes of all parts, mounted: the kernel's at the root, a plugin's under its name."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lianxin.declarations import Route as Declared
from lianxin.plugging.collecting import Collected, Owned
from lianxin.web.endpoint import Endpoint
from lianxin.web.leading_back import ways_back
from lianxin.web.urls import Urls


def mounted_path(part: Collected, route: Declared) -> str:
    """The full path of a route."""
    if part.built_in:
        return route.path
    return f"{'/api' if route.kind == 'api' else ''}/{part.name}{route.path}"


def routes_by_name(parts: Iterable[Collected], urls: Urls) -> dict[str, Owned[Declared]]:
    """Full name to route, their addresses remembered in `urls`."""
    named: dict[str, Owned[Declared]] = {}
    for part in parts:
        for route in part.declared["routes"]:
            name = f"{part.name}:{route.name}"
            named[name] = Owned(part.name, route)
            urls.add(name, mounted_path(part, route))
    return named


def mount(parts: Iterable[Collected], named: dict[str, Owned[Declared]], urls: Urls) -> list[Route]:
    """Starlette's routes. Fixed paths go before those with places, so that a name never hides a page."""
    made: list[Route] = []
    for part in parts:
        for route in part.declared["routes"]:
            name = f"{part.name}:{route.name}"
            answer = _function(Endpoint(named[name], named))
            made.append(Route(mounted_path(part, route), answer, methods=list(route.methods), name=name))
    made += ways_back(named, urls)
    made.sort(key=lambda route: (route.path.count("{"), -len(route.path)))
    return made


def _function(endpoint: Endpoint):  # type: ignore[no-untyped-def]
    async def answer(request: Request) -> Response:
        return await endpoint(request)

    return answer
