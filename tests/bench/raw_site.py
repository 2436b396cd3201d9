"""The raw line: bare Starlette, one template a page, the rows in plain SQL, and nothing that a page can do without.

Its pages have the rows of the product's and are filled up to the same number of bytes.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, Template
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.bench.raw_store import Content, store_of

_SECRET = b"for measuring only"
_NAVIGATION = (("/", "首页"), ("/list", "办事"), ("/grid", "上报"), ("/account", "我的"), ("/help", "帮助"))
_HEAD = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><nav>
{% for address, name in navigation %}<a href="{{ address }}"{% if address == here %} aria-current="page"{% endif %}>
{{ name }}</a>{% endfor %}</nav><main><h1>{{ title }}</h1>"""
_LIST = (
    _HEAD
    + """<ul>{% for one in services %}<li><a href="{{ one.address }}"><b>{{ one.title }}</b>
<small>{{ one.fact }}</small></a></li>{% endfor %}</ul></main></body></html>"""
)
_DETAIL = _HEAD + """<p>{{ one.fact }}</p>{% for words in parts %}<p>{{ words }}</p>{% endfor %}</main></body></html>"""


def signed(resident: int) -> str:
    """The cookie of a resident."""
    return f"{resident}.{hmac.new(_SECRET, str(resident).encode(), hashlib.sha256).hexdigest()}"


class RawSite:
    """The pages, over one store."""

    def __init__(self, address: str, content: Content) -> None:
        self.store = store_of(address)
        self._content = content
        self._listeners: set[asyncio.Queue[str]] = set()

    def app(self) -> Starlette:
        """What a server serves."""
        return Starlette(
            lifespan=self._lifespan,
            routes=[
                Route("/", self.show_list),
                Route("/list", self.show_list),
                Route("/detail/{key:int}", self.show_detail),
                Route("/detail/{key:int}/apply", self.apply, methods=["POST"]),
                Route("/live", self.live),
                Route("/publish", self.publish, methods=["POST"]),
            ],
        )

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        await self.store.open()
        self._list = await self._page(_LIST, self._content["list_bytes"], "list")
        self._detail = await self._page(_DETAIL, self._content["detail_bytes"], "detail")
        yield
        await self.store.close()

    async def _page(self, text: str, wanted: int, kind: str) -> Template:
        """The template, with as much filling as the product's page is larger."""
        pages = Environment(autoescape=True, auto_reload=False)
        bare = pages.from_string(text).render(**await self._values(kind, 1))
        filling = "<!--" + "x" * max(0, wanted - len(bare.encode()) - 7) + "-->"
        return pages.from_string(text.replace("</main>", filling + "</main>"))

    async def _values(self, kind: str, key: int) -> dict[str, Any]:
        if kind == "list":
            return {
                "navigation": _NAVIGATION,
                "here": "/list",
                "title": "办事",
                "services": await self.store.services(),
            }
        one, parts = await self.store.service(key)
        return {"navigation": _NAVIGATION, "here": "/list", "title": one.title, "one": one, "parts": parts}

    async def show_list(self, request: Request) -> Response:
        return HTMLResponse(self._list.render(**await self._values("list", 0)))

    async def show_detail(self, request: Request) -> Response:
        return HTMLResponse(self._detail.render(**await self._values("detail", request.path_params["key"])))

    async def apply(self, request: Request) -> Response:
        """Who is it, is the form ours, three rows in one transaction, and on to the receipt."""
        cookie = request.cookies.get("session", "")
        resident = int(cookie.partition(".")[0] or 0)
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if not hmac.compare_digest(cookie, signed(resident)) or form.get("csrf") != "token":
            return PlainTextResponse("sign in first", 403)
        await self.store.resident(resident)
        made = await self.store.apply(request.path_params["key"], resident, form["answers"])
        return RedirectResponse(f"/applications/{made}", 303)

    async def live(self, request: Request) -> Response:
        return StreamingResponse(self._messages(), media_type="text/event-stream")

    async def _messages(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield "retry: 3000\n\n"
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)

    async def publish(self, request: Request) -> Response:
        message = f"data: {(await request.body()).decode()}\n\n"
        for queue in self._listeners:
            queue.put_nowait(message)
        return PlainTextResponse(str(len(self._listeners)))


def raw_app(folder: Path) -> Starlette:
    """The site that `raw.json` in this folder describes."""
    told = json.loads((folder / "raw.json").read_text("utf-8"))
    return RawSite(told["address"], told["content"]).app()
