"""`build_app(config) -> Starlette`: assembles a site, decides nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

import lianxin
from lianxin.bus import Tail
from lianxin.config import Config
from lianxin.declarations import PageEntry
from lianxin.operate.lifetime import open_site
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble
from lianxin.plugging.collecting import Collected, Owned
from lianxin.plugging.themes import find_theme
from lianxin.web.assets import Assets
from lianxin.web.errors import answer_fault
from lianxin.web.finding import Finding
from lianxin.web.health import health_routes
from lianxin.web.middleware.faults import Faults
from lianxin.web.middleware.guard import Guard
from lianxin.web.middleware.limits import Limits
from lianxin.web.middleware.origin import Origin
from lianxin.web.middleware.sharing import Sharing
from lianxin.web.middleware.visiting import Visiting
from lianxin.web.mounting import mount, routes_by_name
from lianxin.web.rendering import Renderer
from lianxin.web.site import Site, system_clock
from lianxin.web.urls import Urls

KERNEL = Path(lianxin.__file__).parent


def build_site(config: Config, assembly: Assembly, *, clock: Callable[[], datetime] = system_clock) -> Site:
    """The parts that every visit shares, without a database yet."""
    theme = find_theme(config.theme)
    urls = Urls()
    routes = routes_by_name(assembly.parts, urls)
    shelves: dict[str, list[Owned[PageEntry]]] = {}
    for owned in sorted(assembly.all("pages"), key=lambda entry: entry.item.weight):
        shelves.setdefault(owned.item.shelf, []).append(owned)
    site = Site(
        config=config,
        assembly=assembly,
        urls=urls,
        assets=Assets(_asset_folders(config, theme, assembly.plugins)),
        routes=routes,
        shelves={shelf: tuple(entries) for shelf, entries in shelves.items()},
        clock=clock,
    )
    site.renderer = Renderer(site, _template_folders(config, theme, assembly.parts))
    return site


def _asset_folders(config: Config, theme: Path, plugins: Iterable[Collected]) -> list[tuple[str, Path]]:
    """Looked up in this order: the site's own folder, theme, plugins under their names, kernel."""
    own = [("", config.folder / "static"), ("", theme / "static")]
    return [*own, *((f"{part.name}/", part.folder / "static") for part in plugins), ("", KERNEL / "web" / "static")]


def _template_folders(config: Config, theme: Path, parts: Sequence[Collected]) -> list[Path]:
    folders = [config.folder / "templates", theme / "templates", *(part.folder / "templates" for part in parts)]
    return [folder for folder in (*folders, KERNEL / "web" / "templates") if folder.is_dir()]


def build_app(
    config: Config,
    *,
    strict: bool = False,
    worker: bool = False,
    clock: Callable[[], datetime] = system_clock,
    assembly: Assembly | None = None,
) -> Starlette:
    """The ASGI application of a site; `worker` also runs its jobs in this process.

    Raises PluginFaults when `strict`, or when an essential plugin is faulty.
    """
    assembly = assembly or assemble(config, built_in_rooms(config), strict=strict)
    site = build_site(config, assembly, clock=clock)

    app = Starlette(
        routes=[
            Route("/static/{path:path}", site.assets.serve),
            *health_routes(site),
            Finding(mount(assembly.parts, dict(site.routes), site.urls)),
        ],
        middleware=_layers(site),
        exception_handlers={HTTPException: answer_fault},
        lifespan=_lifespan(site, worker=worker, clock=clock),
    )
    app.state.site = site
    return app


def _layers(site: Site) -> list[Middleware]:
    """Outermost first."""
    return [
        Middleware(Guard, config=site.config),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
        Middleware(Sharing),
        Middleware(Visiting, site=site),
        Middleware(Faults),
        Middleware(Origin, config=site.config),  # before the limits: another site shall not use up what is hers
        Middleware(Limits),
    ]


def _lifespan(site: Site, *, worker: bool, clock: Callable[[], datetime]) -> Callable[[Starlette], Any]:
    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            opened = open_site(site.config, site.assembly, everywhere=True, worker=worker, clock=clock)
            await stack.enter_async_context(opened)
            site.tail = await stack.enter_async_context(Tail())
            for declared in site.assembly.items("lifespan"):
                await stack.enter_async_context(declared.open(site.config))
            try:
                yield
            finally:
                site.stopping.set()

    return life
