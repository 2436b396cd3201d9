"""Where an address leads that only takes what is sent, when it is opened: reloaded, gone back to, kept as a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lianxin.declarations import Route as Declared
from lianxin.plugging.collecting import Owned
from lianxin.web.urls import Urls


def ways_back(named: Mapping[str, Owned[Declared]], urls: Urls) -> Iterator[Route]:
    """One for each action without a page at its own address."""
    pages = {urls.pattern(name): name for name, owned in named.items() if owned.item.kind == "page"}
    for name, owned in named.items():
        pattern = urls.pattern(name)
        if owned.item.kind == "action" and pattern not in pages:
            again = f"{owned.owner}:{owned.item.again}"
            target = again if again in named else _above(pattern, pages)
            yield Route(pattern, _leads_to(urls, target), methods=["GET"], name="")


def _above(pattern: str, pages: Mapping[str, str]) -> str:
    """The page at the nearest address above; empty where there is none."""
    while pattern:
        pattern = pattern.rstrip("/").rpartition("/")[0]
        found = pages.get(pattern) or pages.get(f"{pattern}/")
        if found:
            return found
    return ""


def _leads_to(urls: Urls, target: str):  # type: ignore[no-untyped-def]
    async def lead(request: Request) -> Response:
        """The page itself says who may see it; what stood behind the question mark goes along."""
        places = {place: request.path_params[place] for place in urls.places(target)} if target else {}
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse((urls.url(target, **places) if target else "/") + query, 303)

    return lead
