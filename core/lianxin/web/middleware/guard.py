"""Outermost: request id, host, headers that every answer carries, sizes and deadlines of bodies."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxin.config import Config
from lianxin.web.middleware.body import Body, TooLarge, TooSlow
from lianxin.web.middleware.peer import Peers
from lianxin.web.traces import said_by, trace_without

_log = structlog.get_logger("lianxin.requests")
_KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,40}")
RESTING = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>连心</title><h1>网站正在恢复，请过一分钟再试。</h1><p>您之前办的都还在。急事请打电话。</p>"
    '<p lang="en">The site is coming back. Try again in a minute; what you did before is kept.</p></html>'
)
# Said before it is known who reads them: in both languages.
ANOTHER_NAME = "这个网站用的是另一个地址，请核对网址。\nThis site has another name: look at the address."
TOO_SLOW = "网络太慢，没有收完。请到信号好的地方再试，不会重复提交。\nToo slow. Try again; nothing is sent twice."
TOO_LARGE = "文件太大了。请少传几张，或传小一些的。\nToo large. Send fewer or smaller files."
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), interest-cohort=()",
}
HSTS = "max-age=31536000; includeSubDomains"


class Guard:
    """Refuses what no page should have to look at, and marks every answer."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._peers = Peers(config)
        always = ALWAYS | ({"strict-transport-security": HSTS} if config.secure else {})
        self._always = [(name.encode(), value.encode()) for name, value in always.items()]
        self._ours = frozenset(name for name, _ in self._always)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; lifespan and the like are passed on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope["request_id"] = self._request_id(scope, headers)
        scope["nonce"] = secrets.token_urlsafe(12)
        self._peers.find_visitor(scope, headers)
        body = Body(receive, headers)
        started = time.perf_counter()
        status = 0

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._mark(message, scope, body)
            await send(message)

        try:
            if self._peers.is_ours(headers):
                await self._app(scope, body.receive, marked)
            else:
                await PlainTextResponse(ANOTHER_NAME, 400)(scope, receive, marked)
        except Exception as fault:
            if status:
                raise  # what has begun can't be taken back
            await _last_answer(scope, fault)(scope, receive, marked)
        finally:
            body.let_go()
            spent = round((time.perf_counter() - started) * 1000, 1)
            _log.info("request", id=scope["request_id"], **_asked(scope), status=status, ms=spent)

    def _request_id(self, scope: Scope, headers: Headers) -> str:
        given = headers.get("x-request-id", "")
        return given if self._peers.are_behind(scope) and _KNOWN_ID.fullmatch(given) else secrets.token_hex(8)

    def _mark(self, message: MutableMapping[str, Any], scope: Scope, body: Body) -> None:
        message["headers"] = [
            *(pair for pair in message.get("headers", ()) if pair[0] not in self._ours),
            *self._always,
            (b"x-request-id", scope["request_id"].encode()),
        ]
        headers = MutableHeaders(scope=message)
        headers.setdefault("content-security-policy", policy(scope["nonce"]))
        if not body.whole:
            headers["connection"] = "close"  # who still sends is not waited for
        if headers.get("location", "").startswith(("http://", "https://")):
            headers["location"] = _relative(headers["location"], scope)


def _relative(location: str, scope: Scope) -> str:
    """The router's own addresses carry the scheme of the last hop; without it they are right behind every proxy."""
    parts = urlsplit(location)
    if parts.netloc.lower() != Headers(scope=scope).get("host", "").lower():
        return location
    return "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")


def _last_answer(scope: Scope, fault: Exception) -> PlainTextResponse | HTMLResponse:
    """What is said when not even the error page could be made: the database is away, most likely."""
    if isinstance(fault, TooSlow):
        return PlainTextResponse(TOO_SLOW, 408)
    if isinstance(fault, TooLarge):
        return PlainTextResponse(TOO_LARGE, 413)
    trace = trace_without(fault, said_by(Request(scope)))
    _log.error("no_page", request_id=scope["request_id"], **_asked(scope), trace=trace)
    return HTMLResponse(RESTING, 503, {"retry-after": "5", "cache-control": "no-store"})


def _asked(scope: Scope) -> dict[str, str]:
    """Method and address as a log may keep them: places in an address (codes, slips) are not told."""
    path = str(scope["path"])
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(str(value), f"{{{name}}}") if str(value) else path
    return {"method": str(scope["method"]), "path": path[:200]}


def policy(nonce: str) -> str:
    """The content security policy of a page: own files only, scripts that carry this answer's nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
