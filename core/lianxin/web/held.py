"""What was sent after the session had ended is kept for half an hour, and shown to the same person on the same browser.

The dead token of the old session goes on as a cookie of its own: it names the browser and opens nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from lianxin.access.held import LIFETIME, hold_request, take_held, who_left
from lianxin.declarations import Refused, Route
from lianxin.i18n import N_, gettext
from lianxin.web.answers import See
from lianxin.web.bodies import read_body
from lianxin.web.forms import input_of, is_list
from lianxin.web.keys import KEY_FIELD, new_key
from lianxin.web.visit import Visit

HELD_COOKIE = "held"
HELD_PATH = "/held"
_LONGEST = 200_000
_LONGEST_PATH = 500
_MARK = "_held"

Said = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class HeldPage:
    """What was typed: `shown` are label and text, `sent` the pairs that go again to `action`. Without an action

    nothing was opened yet.
    """

    template: ClassVar[str] = "held.html"

    title: str
    action: str = ""
    back: str = "/"
    shown: tuple[tuple[str, str], ...] = ()
    sent: tuple[tuple[str, str], ...] = ()
    files: bool = False


async def hold(visit: Visit, route: Route) -> None:
    """Keeps the form, when a session that is over says whose it is. Passwords and files are not kept."""
    token = visit.session_token[:100]
    person_id = await who_left(token) if token else None
    if person_id is None or route.form is None:
        return
    async with read_body(visit.request, route.limit_bytes) as pairs:
        kept = _worth_keeping(route, pairs)
    query = visit.request.url.query
    path = visit.path + (f"?{query}" if query else "")
    body = json.dumps({**kept, "back": visit.back_address()}, ensure_ascii=False)
    if len(body) <= _LONGEST and len(path) <= _LONGEST_PATH:
        await hold_request(person_id, token, path=path, body=body, now=visit.now)
        visit.cookies[HELD_COOKIE] = (token, int(LIFETIME.total_seconds()))


def _worth_keeping(route: Route, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    assert route.form is not None
    fields = route.form.model_fields
    looks = {name: input_of(info) for name, info in fields.items()}
    open_ones = {name for name, look in looks.items() if look.kind not in ("password", "file")}
    said = [(name, value) for name, value in pairs if name in open_ones and isinstance(value, str)]
    single = {name: value for name, value in said if not is_list(fields[name])}
    sent = [*single.items(), *((name, value) for name, value in said if name not in single)]
    shown = [(str(looks[name].label or name), value) for name, value in sent if looks[name].kind != "hidden"]
    return {"sent": sent, "shown": shown, "files": any(look.kind == "file" for look in looks.values())}


async def show_held(visit: Visit) -> HeldPage:
    """Says that something is kept. It is opened by a button: looking at a page changes nothing."""
    if not _token(visit):
        raise _nothing()
    return HeldPage(gettext("What you typed is kept"))


async def open_held(visit: Visit) -> HeldPage | See:
    """What was typed, and the button that sends it now. It stays kept, so that a reload loses nothing."""
    token, person_id = _token(visit), visit.actor.person_id
    assert isinstance(person_id, UUID)  # the route is for people with a session
    held = await take_held(person_id, token, now=visit.now) if token else None
    if held is None:
        visit.cookies[HELD_COOKIE] = ("", 0)
        raise _nothing()
    await hold_request(person_id, token, path=held.path, body=held.body, now=visit.now)
    kept = json.loads(held.body)
    return HeldPage(
        gettext("Send what you typed"),
        held.path,
        kept["back"],
        tuple((label, text) for label, text in kept["shown"] if text),
        (*((name, text) for name, text in kept["sent"]), (KEY_FIELD, new_key()), (_MARK, "1")),
        kept["files"],
    )


def let_go(visit: Visit) -> None:
    """After it went through at last: this browser need not know of it any more; the row goes with its half hour."""
    if any(name == _MARK for name, _ in visit.typed):
        visit.cookies[HELD_COOKIE] = ("", 0)


def _token(visit: Visit) -> str:
    return visit.request.cookies.get(visit.site.cookie(HELD_COOKIE), "")[:100]


def _nothing() -> Refused:
    return Refused(
        "web.nothing_held", N_("Nothing is kept here. It was sent already, or half an hour has passed."), status=404
    )
