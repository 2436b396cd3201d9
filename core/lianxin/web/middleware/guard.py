"""Outermost: request id, host, headers that every answer carries, sizes and deadlines of bodies."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxin.config import Config

_log = structlog.get_logger("lianxin.requests")
_KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,40}")
RESTING = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>连心</title><h1>网站正在恢复，请过一分钟再试。</h1><p>您之前办的都还在。急事请打电话。</p>"
    '<p lang="en">The site is coming back. Try again in a minute; what you did before is kept.</p></html>'
)
UPLOAD_BYTES = 120 * 1024 * 1024
FIRST_BYTES_SECONDS = 30.0
BYTES_A_SECOND = 1024


class TooSlow(Exception):
    """The body trickles in more slowly than anybody's phone does."""


class TooLarge(Exception):
    """The body is larger than anything that is taken."""


class Guard:
    """Refuses what no page should have to look at, and marks every answer."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._hosts = config.allowed_hosts
        self._secure = config.secure
        self._proxies = frozenset(ipaddress.ip_address(address) for address in config.trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; lifespan and the like are passed on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        self._believe_proxy(scope, headers)
        request_id = scope["request_id"] = self._request_id(headers)
        nonce = scope["nonce"] = secrets.token_urlsafe(12)
        started = time.perf_counter()
        status = 0

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._mark(message, nonce, request_id)
            await send(message)

        if headers.get("host", "").lower() not in self._hosts:
            await PlainTextResponse("This site has another name.", 400)(scope, receive, marked)
        else:
            await self._bounded(scope, receive, marked)
        spent = round((time.perf_counter() - started) * 1000, 1)
        _log.info("request", id=request_id, method=scope["method"], path=scope["path"], status=status, ms=spent)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = Body(receive)
        try:
            await self._app(scope, body.receive, send)
        except TooSlow:
            await PlainTextResponse("Too slow. Try again.", 408)(scope, receive, send)
        except TooLarge:
            await PlainTextResponse("Too large. Send fewer or smaller files.", 413)(scope, receive, send)
        except Exception:
            # Not even the error page could be made: the database is away, most likely.
            _log.exception("no_page", path=scope["path"], request_id=scope["request_id"])
            await HTMLResponse(RESTING, 503, {"retry-after": "5"})(scope, receive, send)

    def _request_id(self, headers: Headers) -> str:
        given = headers.get("x-request-id", "")
        return given if self._proxies and _KNOWN_ID.fullmatch(given) else secrets.token_hex(8)

    def _believe_proxy(self, scope: Scope, headers: Headers) -> None:
        """X-Forwarded-For counts only from a proxy that the operator listed."""
        peer = scope["client"][0] if scope.get("client") else ""
        try:
            if ipaddress.ip_address(peer) not in self._proxies:
                return
            last = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
            scope["client"] = (str(ipaddress.ip_address(last)), 0)
        except ValueError:
            return

    def _mark(self, message: MutableMapping[str, Any], nonce: str, request_id: str) -> None:
        headers = MutableHeaders(scope=message)
        headers.setdefault("content-security-policy", policy(nonce))
        headers["x-content-type-options"] = "nosniff"
        headers["x-frame-options"] = "DENY"
        headers["referrer-policy"] = "same-origin"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["permissions-policy"] = "camera=(self), geolocation=(self), microphone=(), interest-cohort=()"
        headers["x-request-id"] = request_id
        if self._secure:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"


def policy(nonce: str) -> str:
    """The content security policy of a page: own files only, scripts that carry this answer's nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


class Body:
    """Hands on a request's body, and ends one that is too large or comes too slowly."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._started = time.monotonic()
        self._bytes = 0
        self._whole = False

    async def receive(self) -> Message:
        """The next message. Raises TooSlow or TooLarge."""
        if self._whole:
            return await self._receive()
        allowed = self._started + FIRST_BYTES_SECONDS + self._bytes / BYTES_A_SECOND - time.monotonic()
        try:
            async with asyncio.timeout(max(allowed, 0.001)):
                message = await self._receive()
        except TimeoutError as late:
            raise TooSlow from late
        self._bytes += len(message.get("body", b""))
        if self._bytes > UPLOAD_BYTES:
            raise TooLarge
        self._whole = not message.get("more_body", False)
        return message
