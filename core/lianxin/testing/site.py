"""A whole site in a test: the real application on a real database, spoken to over HTTP in memory."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
from starlette.applications import Starlette

from lianxin.access.sessions import open_session
from lianxin.app import build_app
from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.unit import unit_of_work
from lianxin.operate.kind import mark_demonstration
from lianxin.plugging.assembly import Assembly
from lianxin.testing.clock import FakeClock
from lianxin.testing.compiled import CompiledPages

BASE = "http://127.0.0.1:8000"
_KEY = re.compile(r'name="_key" value="([^"]+)"')


class SiteClient(httpx2.AsyncClient):
    """A browser without a screen. Sends what a browser sends, and the hidden key of the page's form."""

    async def submit(self, path: str, data: Mapping[str, Any] | None = None, *, page: str = "", **more: Any) -> Any:
        """POSTs a form; with `page` its key is taken from there first, as a person would have it."""
        form = dict(data or {})
        if page:
            found = _KEY.search((await self.get(page)).text)
            assert found, f"{page} has no form with a key"
            form.setdefault("_key", found[1])
        return await self.post(path, data=form, **more)


class TestSite:
    """The application, its clock, and clients."""

    __test__ = False

    def __init__(self, app: Starlette, config: Config, clock: FakeClock) -> None:
        self.app = app
        self.config = config
        self.clock = clock
        self._clients: list[SiteClient] = []

    def client(self, *, language: str = "zh", **headers: str) -> SiteClient:
        """A browser that nobody has signed in on."""
        sent = {"origin": BASE, "sec-fetch-site": "same-origin", "accept-language": language, **headers}
        transport = httpx2.ASGITransport(app=self.app)
        client = SiteClient(transport=transport, base_url=BASE, headers=sent)
        self._clients.append(client)
        return client

    async def client_of(self, person_id: UUID, *, staff: bool = False, **more: str) -> SiteClient:
        """A browser on which this person is signed in, by a staff method or as a resident."""
        client = self.client(**more)
        async with unit_of_work():
            opened = await open_session(
                person_id, method="password" if staff else "phone", staff=staff, now=self.clock()
            )
        name = self.app.state.site.cookie("session")
        client.cookies.set(name, opened.token, domain="127.0.0.1", path="/")  # where the site's own will go
        return client

    async def close(self) -> None:
        """Closes every browser."""
        for client in self._clients:
            await client.aclose()


@asynccontextmanager
async def open_test_site(
    config: Config, *, clock: FakeClock | None = None, assembly: Assembly | None = None, **changes: Any
) -> AsyncIterator[TestSite]:
    """A site on the database of `config`; `changes` are of the configuration (plugins=, demo= …)."""
    clock = clock or FakeClock()
    config = replace(config, base_url=BASE, **changes)
    if config.demo:
        async with open_database(config):
            await mark_demonstration(clock())
    app = build_app(config, strict=True, clock=clock, assembly=assembly)
    for language, templates in app.state.site.renderer.templates.items():
        templates.bytecode_cache = CompiledPages(app.state.site, language)
    site = TestSite(app, config, clock)
    async with app.router.lifespan_context(app):
        try:
            yield site
        finally:
            await site.close()
