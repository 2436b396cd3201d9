"""What went wrong, as a page, a fragment or problem+json: the one place that turns faults into answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from tortoise.exceptions import DBConnectionError, OperationalError

from lianxin import i18n
from lianxin.declarations import Refused
from lianxin.i18n import N_, LazyText, gettext
from lianxin.web.held import HELD_COOKIE, HELD_PATH
from lianxin.web.traces import said_by, trace_without
from lianxin.web.visit import FormFailed, Visit

_log = structlog.get_logger("lianxin.web")


class NotSignedIn(Exception):
    """The page is for people with a session, and there is none."""


class SentBefore(Exception):
    """The same form was sent before with other words in it. `location`: where the first one led, if it is for her."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error template draws."""

    title: str
    status: int
    text: str
    code: str
    shell: str = "resident"
    first: str = ""
    template: ClassVar[str] = "error.html"
    fragment: ClassVar[str] = "fragments/error.html"


TITLES: dict[int, LazyText] = {
    400: N_("This can't be read"),
    401: N_("Sign in first"),
    403: N_("You may not do this"),
    404: N_("Nothing here that you may see"),
    405: N_("This can't be done here"),
    408: N_("The connection was too slow"),
    409: N_("Somebody was first"),
    411: N_("This can't be read"),
    413: N_("That is too large"),
    415: N_("This can't be read"),
    422: N_("Something is to put right"),
    429: N_("Too often"),
    500: N_("Something broke on our side"),
    503: N_("The site is catching its breath"),
}
TEXTS: dict[int, LazyText] = {
    400: N_("The address or what was sent is damaged. Go back and try again."),
    404: N_("Nothing under this address that you may see. If it is right, ask the community or your administrator."),
    405: N_("Go back to the page and use its button."),
    408: N_("What you sent did not arrive whole. Try again where the signal is better; nothing was sent twice."),
    411: N_("The address or what was sent is damaged. Go back and try again."),
    413: N_("Send fewer or smaller files."),
    415: N_("Send JSON, and say so: content-type application/json."),
    429: N_("Wait a minute, then try again."),
    500: N_("It is noted and will be looked at. What you did before is kept; try again in a minute, or call us."),
    503: N_("Try again in a minute. What you did before is kept."),
}


def title_of(status: int) -> str:
    """The heading of an error page."""
    return str(TITLES.get(status, TITLES[500]))


async def answer_fault(request: Request, fault: Exception) -> Response:
    """The answer to any exception that a route or the routing raised."""
    visit: Visit | None = request.scope.get("visit")
    if visit is None:
        return _plain(fault)
    with i18n.use_language(visit.language):
        if isinstance(fault, NotSignedIn):
            return await _not_signed_in(visit)
        status, text, code = _told(fault)
        if status >= 500:
            trace = trace_without(fault, said_by(request, visit.typed))
            _log.error("request_failed", where=visit.kind, request_id=visit.request_id, trace=trace)
        first = fault.location if isinstance(fault, SentBefore) else ""
        return await error_response(visit, status, text, code, first=first, faults=_faults_of(fault))


def _plain(fault: Exception) -> Response:
    """For static files and the watchers of the machine, which nobody visits."""
    status = _told(fault)[0]
    return PlainTextResponse(HTTPStatus(status).phrase, status, {"cache-control": "no-store"})


def _told(fault: Exception) -> tuple[int, str, str]:
    if isinstance(fault, Refused):
        return fault.status, fault.sentence(), fault.code
    if isinstance(fault, FormFailed):
        return fault.form.status, next(iter(fault.form.faults.values()), ""), "web.bad_form"
    if isinstance(fault, SentBefore):
        text = gettext("You have already sent this. Change it on the page, or begin a new one.")
        return 409, text, "web.sent_before"
    if isinstance(fault, HTTPException):
        return fault.status_code, str(TEXTS.get(fault.status_code, "")), "web.http"
    if isinstance(fault, DBConnectionError | ConnectionError | OperationalError) or _is_pool_fault(fault):
        return 503, str(TEXTS[503]), "web.unavailable"
    return 500, str(TEXTS[500]), "web.broken"


def _faults_of(fault: Exception) -> dict[str, str]:
    """Field to sentence, where it is known what was wrong with which."""
    if isinstance(fault, FormFailed):
        return dict(fault.form.faults)
    return {fault.field: fault.sentence()} if isinstance(fault, Refused) and fault.field else {}


def _is_pool_fault(fault: Exception) -> bool:
    """asyncpg has no common base for "the server is going away"; its class names begin alike."""
    return type(fault).__module__.startswith("asyncpg") and "Connection" in type(fault).__name__


async def error_response(
    visit: Visit, status: int, text: str, code: str, *, first: str = "", faults: Mapping[str, str] | None = None
) -> Response:
    """The page, the fragment or the problem document. `first` is where something that was sent before has led."""
    headers = {"cache-control": "no-store"}
    if status in (429, 503):
        headers["retry-after"] = "60" if status == 429 else "5"
    if visit.wants_problem:
        problem: dict[str, Any] = {
            "type": f"urn:lianxin:{code}",
            "title": title_of(status),
            "status": status,
            "detail": text,
        }
        problem |= {"request_id": visit.request_id, "code": code}
        problem["errors"] = [{"field": name, "detail": told} for name, told in (faults or {}).items()]
        if status == 401:
            headers["www-authenticate"] = "Bearer"
        return JSONResponse(problem, status, headers, media_type="application/problem+json")
    page = ErrorPage(title_of(status), status, text, code, _shell_of(visit), first)
    if visit.wants_fragment:
        headers |= {"hx-retarget": "#page-message", "hx-reswap": "innerHTML"}
    body = await visit.site.renderer.render(visit, page, fragment=visit.wants_fragment)
    return Response(body, status, headers, media_type="text/html; charset=utf-8")


def _shell_of(visit: Visit) -> str:
    """Around which pages the error stands: the template chooses its layout by the same rule."""
    first = visit.path.lstrip("/").partition("/")[0]
    return first if visit.staff and first in ("desk", "admin") else "resident"


async def _not_signed_in(visit: Visit) -> Response:
    if visit.wants_fragment or visit.wants_problem or visit.kind == "feed":
        return await error_response(visit, 401, gettext("Sign in first."), "web.not_signed_in")
    if visit.request.method == "GET":
        query = visit.request.url.query
        target = visit.path + (f"?{query}" if query else "")
        return RedirectResponse(f"/sign-in?next={quote(target, safe='')}", 303)
    if HELD_COOKIE in visit.cookies:
        visit.tell("warn", gettext("You were signed out meanwhile. What you typed is kept: sign in, then send it."))
        return RedirectResponse(f"/sign-in?next={quote(HELD_PATH, safe='')}", 303)
    visit.tell("warn", gettext("You are not signed in. Sign in, then send it again."))
    return RedirectResponse(f"/sign-in?next={quote(visit.back_address(), safe='')}", 303)
