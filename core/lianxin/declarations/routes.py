"""Routes and where their pages stand. `access` is required: a route that forgets it cannot be made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from lianxin.declarations.access import Access

Handler = Callable[..., Awaitable[Any]]
Kind = Literal["page", "action", "api", "feed", "stream"]


@dataclass(frozen=True, slots=True)
class Loader:
    """Turns a path parameter into an object that this visitor may see, or refuses with 404.

    `load(visit, text)` is awaited before the handler; the handler receives the object under the parameter's name.
    `scoped` says that it goes through `visible_to`; `public` data says False and why in `because`. `says` tells the
    readers of the API's document what stands in that place.
    """

    load: Callable[[Any, str], Awaitable[Any]]
    scoped: bool = True
    because: str = ""
    says: object = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One address of a plugin, mounted under `/<plugin>/`, named `<plugin>:<name>`.

    `form` (actions) is the pydantic model of the body; when it does not hold, the page named `again` is shown again
    with what was typed and status 422. `heavy` counts the route among the expensive ones for request limits.

    For machines (`api`): `answers` is the pydantic model of what comes back; `asks` that of the query; `takes` that of
    the body, which makes it a POST; or one for each value of the path's last place, and the handler reads it by
    `visit.read(…)`. `title` and `says` (or one `says` for each such value) stand in the API's document.
    """

    kind: Kind
    path: str
    name: str
    access: Access | str
    handler: Handler
    loads: Mapping[str, Loader] = field(default_factory=dict)
    form: type[BaseModel] | None = None
    again: str | None = None
    heavy: bool = False
    limit_bytes: int = 1_048_576
    keyless: bool = False
    title: object = ""
    says: object = ""
    answers: type[BaseModel] | None = None
    asks: type[BaseModel] | None = None
    takes: type[BaseModel] | Mapping[str, type[BaseModel]] | None = None

    @property
    def methods(self) -> tuple[str, ...]:
        """Actions, and what takes a body, are POST; all else is GET: a GET never changes anything."""
        return ("POST",) if self.kind == "action" or self.takes is not None else ("GET",)


def page(path: str, *, name: str, access: Access | str, handler: Handler, **more: Any) -> Route:
    """A page: the handler returns a frozen dataclass that names its template."""
    return Route("page", path, name, access, handler, **more)


def action(path: str, *, name: str, access: Access | str, handler: Handler, **more: Any) -> Route:
    """A change: POST, guarded against other sites and second clicks; the handler returns where to go next."""
    return Route("action", path, name, access, handler, **more)


def api(path: str, *, name: str, access: Access | str, handler: Handler, **more: Any) -> Route:
    """Data for machines, mounted under `/api/<plugin>/`: the handler returns what `answers=` says, or `Shown` of it."""
    return Route("api", path, name, access, handler, **more)


def feed(path: str, *, name: str, access: Access | str, handler: Handler, **more: Any) -> Route:
    """Bytes with a media type: a file, a calendar, a picture. The handler returns a Starlette response."""
    return Route("feed", path, name, access, handler, **more)


def stream(path: str, *, name: str, access: Access | str, handler: Handler, **more: Any) -> Route:
    """Server-sent events: the handler returns which topics of the bus this visitor may hear."""
    return Route("stream", path, name, access, handler, **more)


@dataclass(frozen=True, slots=True)
class PageEntry:
    """Where a page stands: on a shelf of the shell (portal, tabbar, desk, admin, account, front).

    `route` is a full name (`eservices:catalogue`). `badge(visit)` may return a count, or (count, late count). The entry
    is shown to whom the route's own access admits.
    """

    shelf: str
    route: str
    title: object
    icon: str
    weight: int = 50
    group: object = ""
    hint: object = ""
    badge: Callable[[Any], Awaitable[int | tuple[int, int]]] | None = None
