"""Locking a shared machine, and opening it again: each colleague finds her own session, the server refuses all others.

A locked session is a stage of the session's row: whoever has the browser is nobody until she proves anew who she is.
The tokens of all who are locked at this machine lie in one cookie; without a password they open nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from starlette.responses import JSONResponse

from lianxin.api import (
    N_,
    Actor,
    FormView,
    Refused,
    See,
    SessionHeld,
    Visit,
    _,
    advance_session,
    check_password,
    find_session,
    format_datetime,
    get_person,
    get_settings,
    lock_sessions,
    login_name_of,
    mask_name,
    record,
    safe_path,
)
from lianxin.shells.account.settings import LockSettings
from lianxin.shells.account.signing import finishing
from lianxin.shells.account.signing.forms import UnlockForm
from lianxin.shells.account.signing.pages import LockedPage

STAGE = "locked"
COOKIE = "locked"
SECONDS = 12 * 3600
MOST = 5


async def lock(visit: Visit) -> See:
    """At once. A colleague may sign in; whoever was here goes on where she was."""
    if not await lock_sessions(id=visit.session.id):
        raise Refused("account.no_desk", N_("Only a desk is locked. Sign out when you go."), status=409)
    _park(visit, [visit.session_token, *_parked(visit)])
    return See(visit.url("account:locked", next=safe_path(visit.back_address(), "")))


def _parked(visit: Visit) -> list[str]:
    return [each for each in visit.request.cookies.get(visit.site.cookie(COOKIE), "")[:400].split(".") if each]


def _park(visit: Visit, tokens: list[str]) -> None:
    """These are locked at this machine, and nobody is signed in."""
    _keep(visit, tokens)
    visit.sign_out()


def _keep(visit: Visit, tokens: list[str]) -> None:
    kept = ".".join(list(dict.fromkeys(tokens))[:MOST])
    visit.cookies[COOKIE] = (kept, SECONDS if kept else 0)


async def locked_here(visit: Visit) -> dict[str, SessionHeld]:
    """By token, whoever is locked at this machine and could still go on: the last one first."""
    tokens = dict.fromkeys([*([visit.session_token[:100]] if visit.session_token else ()), *_parked(visit)])
    found = {token: await find_session(token, visit.now) for token in list(tokens)[: MOST + 1]}
    return {token: session for token, session in found.items() if session is not None and session.stage == STAGE}


async def show_locked(visit: Visit) -> LockedPage | See:
    """Who is locked here, and one field."""
    here = list((await locked_here(visit)).values())
    if not here:
        return See(finishing.step(visit, "sign_in"))
    names = [mask_name((await get_person(each.person_id)).name) for each in here if each.person_id]
    since = [_("signed in %(when)s", when=format_datetime(each.created_at)) for each in here]
    choices = [(str(each.id), name, when) for each, name, when in zip(here, names, since, strict=True)]
    form = visit.form(UnlockForm, finishing.step(visit, "unlock"), {"who": here[0].id}, choices={"who": choices})
    asks = not all(_is_demo(visit, each) for each in here)
    return LockedPage(_("Locked"), names, form, _other(visit), asks)


def _other(visit: Visit) -> FormView:
    return visit.form(UnlockForm, visit.url("account:unlock_other"))


def _is_demo(visit: Visit, session: SessionHeld) -> bool:
    return visit.demo and session.method == "demo"


async def unlock(visit: Visit, form: UnlockForm) -> See:
    """The password of that colleague opens her session again, under a new token, where she was."""
    here = await locked_here(visit)
    token = next((token for token, session in here.items() if session.id == form.who), None)
    if token is None:
        return finishing.start_anew(visit)
    session = here[token]
    await _prove(visit, session, form.password)
    opened = await advance_session(session, stage=finishing.DONE, now=visit.now)
    if opened is None:
        return finishing.start_anew(visit)
    _keep(visit, [each for each in here if each != token])
    visit.sign_in(opened.token, seconds=opened.seconds)
    by = replace(finishing.doer(visit, session.person_id, staff=True), session_id=session.id)
    await _record(visit, by)
    return See(finishing.next_of(visit) or "/desk/")


async def _record(visit: Visit, by: Actor) -> None:
    detail = {"method": "unlock"}
    await record("access.sign_in", by=by, object_kind="person", object_id=by.person_id, detail=detail, now=visit.now)


async def _prove(visit: Visit, session: SessionHeld, password: str) -> None:
    """The same check as at sign-in, with the same limits. A demonstration's accounts have no passwords."""
    if _is_demo(visit, session):
        return
    login = await login_name_of(session.person_id) if session.person_id else None
    wrong = Refused("account.wrong_unlock", N_("That is not the password."), status=422, field="password")
    try:
        held = await check_password(
            login or "",
            password,
            device_token=visit.device_token,
            address=visit.address,
            trusted_addresses=visit.site.config.trusted_desks,
            now=visit.now,
        )
    except Refused as fault:
        await finishing.refused(visit, "unlock", fault, session.person_id)
        raise wrong if fault.status == 422 else fault  # noqa: B904 - not what it came from: no login name here
    if held.person_id != session.person_id:
        raise wrong


async def unlock_other(visit: Visit) -> See:
    """Somebody else signs in at this machine; whoever is locked stays so."""
    _park(visit, list(await locked_here(visit)))
    return See(visit.url("account:staff", next="/desk/"))


async def idle_minutes(_visit: Visit) -> JSONResponse:
    """After how many minutes without a key a page covers itself; 0: never."""
    minutes = (await get_settings(LockSettings)).lock_minutes
    return JSONResponse({"minutes": minutes}, headers={"cache-control": "no-store"})


async def lock_idle(now: object) -> None:
    """Locks every staff session from which nothing was asked for that long."""
    minutes = (await get_settings(LockSettings)).lock_minutes
    if minutes:
        await lock_sessions(seen_at__lt=now - timedelta(minutes=minutes))  # type: ignore[operator]
