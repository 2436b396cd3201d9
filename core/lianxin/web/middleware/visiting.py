"""From cookies to a Visit: who is it, which language, which look, which community."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lianxin.access.actor import ANYBODY, Actor
from lianxin.access.sessions import SessionHeld, load_actor
from lianxin.i18n import DEFAULT_LANGUAGE, Language, find_language, negotiate, use_language
from lianxin.web.bearers import open_bearer
from lianxin.web.community import Communities
from lianxin.web.machine import bearer_of
from lianxin.web.site import Site
from lianxin.web.visit import Notice, Visit

YEAR = 31_536_000
UNVISITED = frozenset({"/healthz", "/readyz"})
_ELDER = {"on": "on", "bigger": "bigger", "off": ""}
_THEME = {"dark": "dark", "light": ""}


class Visiting:
    """Makes the Visit before the page, and sets the cookies that it asked for after."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        self._communities = Communities()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Static files, the machine's watchers and lifespan go by: nobody visits there, and no database is asked."""
        if scope["type"] != "http" or scope["path"].startswith("/static/") or scope["path"] in UNVISITED:
            await self._app(scope, receive, send)
            return
        visit = scope["visit"] = await self._visit(Request(scope, receive))

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set_cookies(visit, message)
            await send(message)

        with use_language(visit.language):
            await self._app(scope, receive, with_cookies)

    async def _visit(self, request: Request) -> Visit:
        site = self._site
        now = site.clock()
        choices = dict(parse_qsl(request.cookies.get(site.cookie("choices"), "")[:400]))
        changes = self._asked_for(request)
        choices |= changes
        session, actor = None, ANYBODY
        address = request.client.host if request.client else ""
        if held := await self._who(request, now, address=address, request_id=request.scope["request_id"]):
            session, actor = held
        visit = Visit(
            request=request,
            actor=actor,
            now=now,
            language=_language(request, choices, actor),
            request_id=request.scope["request_id"],
            nonce=request.scope["nonce"],
            site=site,
            session=session,
            elder=_ELDER.get(choices.get("elder", actor.elder), ""),
            theme=_THEME.get(choices.get("theme", actor.theme), ""),
            notices=_notices(request.cookies.get(site.cookie("notices"), "")),
            choices=changes,
            browser_key=session.key if session is not None else "anybody",
        )
        with use_language(visit.language):
            visit.community = await self._communities.community_of(actor, choices.get("area", ""), now)
        return visit

    async def _who(self, request: Request, now: datetime, **known: str) -> tuple[SessionHeld, Actor] | None:
        """A bearer's token counts on the API alone, and there a cookie beside it does not."""
        bearer = request.scope["bearer"] = bearer_of(request)
        if bearer:
            return await open_bearer(bearer, now, **known)
        token = request.cookies.get(self._site.cookie("session"), "")
        return await load_actor(token[:100], now, **known) if token else None

    @staticmethod
    def _asked_for(request: Request) -> dict[str, str]:
        """`?lang=`, `?elder=` and `?theme=` on any address set the choice; they change nothing else."""
        asked = request.query_params
        changes: dict[str, str] = {}
        if find_language(asked.get("lang", "")):
            changes["lang"] = asked["lang"]
        if asked.get("elder") in _ELDER:
            changes["elder"] = asked["elder"]
        if asked.get("theme") in _THEME:
            changes["theme"] = asked["theme"]
        return changes

    def _set_cookies(self, visit: Visit, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.setdefault("cache-control", "no-store")
        if visit.choices:
            kept = dict(parse_qsl(visit.request.cookies.get(self._site.cookie("choices"), "")[:400])) | visit.choices
            text = urlencode({key: value for key, value in kept.items() if value and len(value) < 60})
            self._cookie(headers, "choices", text, YEAR)
        for name, (value, seconds) in visit.cookies.items():
            self._cookie(headers, name, value, seconds)
        leads_on = 300 <= message["status"] < 400
        if visit.notices and leads_on:
            told = json.dumps([[each.kind, each.text[:250]] for each in visit.notices[-3:]], ensure_ascii=False)
            self._cookie(headers, "notices", base64.urlsafe_b64encode(told.encode()).decode(), 120)
        elif self._site.cookie("notices") in visit.request.cookies and _was_shown(visit, headers):
            self._cookie(headers, "notices", "", 0)

    def _cookie(self, headers: MutableHeaders, name: str, value: str, seconds: int) -> None:
        secure = "; Secure" if self._site.config.secure else ""
        headers.append(
            "set-cookie",
            f"{self._site.cookie(name)}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        )


def _language(request: Request, choices: dict[str, Any], actor: Actor) -> Language:
    """As chosen on this browser, else as the person keeps it, else as the browser asks.

    Chinese is what everybody's row says from the start, so it says nothing.
    """
    chosen = find_language(str(choices.get("lang", "")))
    kept = find_language(actor.language)
    return chosen or (kept if kept != DEFAULT_LANGUAGE else None) or negotiate(request.headers.get("accept-language"))


def _was_shown(visit: Visit, headers: MutableHeaders) -> bool:
    """Whether this answer is a whole page: a stream or a fragment in between shows no notice and uses none up."""
    return headers.get("content-type", "").startswith("text/html") and not visit.wants_fragment


def _notices(cookie: str) -> list[Notice]:
    try:
        told = json.loads(base64.urlsafe_b64decode(cookie[:4000].encode())) if cookie else []
        return [
            Notice(kind if kind in ("ok", "warn", "late") else "ok", text.encode("utf-8", "ignore").decode())
            for kind, text in told[:3]
            if isinstance(kind, str) and isinstance(text, str)
        ]
    except (ValueError, binascii.Error, TypeError, KeyError, RecursionError):
        return []
