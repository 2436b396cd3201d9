"""What every way of signing in shares: where one came from, the session, the trail, where to go."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from lianxin.api import (
    Actor,
    Refused,
    See,
    SessionHeld,
    SessionOpened,
    Visit,
    _,
    get_person,
    know_device,
    load_grants,
    mask_name,
    open_session,
    record,
    safe_path,
    use_language,
)

DONE = "full"
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})
PHONE_SECONDS = 1200
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))
_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))


def next_of(visit: Visit) -> str:
    """Where the person wanted to go before she was asked who she is; empty: nowhere in particular."""
    return safe_path(visit.query("next", "", longest=1000), "")


def step(visit: Visit, name: str, **more: str) -> str:
    """The address of a step of signing in, the wish to go on carried along."""
    return visit.url(f"account:{name}", next=next_of(visit), **more)


def device_of(visit: Visit) -> str:
    """The browser in words that a person knows: "Android, WeChat"."""
    agent = visit.request.headers.get("user-agent", "")[:400]
    system = next((shown for part, shown in _SYSTEMS if part in agent), "")
    browser = next((shown for part, shown in _BROWSERS if part in agent), "Safari" if "Safari/" in agent else "")
    return ", ".join(part for part in (system, browser) if part)


def doer(visit: Visit, person_id: UUID | None, *, staff: bool = False) -> Actor:
    """Who signs in, for the trail."""
    return replace(visit.actor, person_id=person_id, staff=staff, address=visit.address, request_id=visit.request_id)


def phone_asked(visit: Visit) -> str:
    """The number to which this browser had a code sent, in E.164, or nothing."""
    return visit.request.cookies.get(visit.site.cookie("phone"), "")[:20]


def remember_phone(visit: Visit, phone: str) -> None:
    """Keeps the number on this browser until signing in is done; it never stands in an address."""
    visit.cookies["phone"] = (phone, PHONE_SECONDS if phone else 0)


async def begin(
    visit: Visit,
    person_id: UUID | None,
    *,
    method: str,
    staff: bool = False,
    stage: str = DONE,
    phone_key: str | None = None,
) -> SessionOpened:
    """A new session on this browser; the one it had ends."""
    opened = await open_session(
        person_id,
        method=method,
        staff=staff,
        stage=stage,
        phone_key=phone_key,
        device=device_of(visit),
        address=visit.address,
        instead_of=visit.session.id if visit.session else None,
        now=visit.now,
    )
    visit.sign_in(opened.token, seconds=opened.seconds)
    return opened


async def finish(visit: Visit, person_id: UUID, *, method: str, staff: bool = False) -> See:
    """Writes down that somebody is signed in now, and leads on."""
    await record(
        "access.sign_in",
        by=doer(visit, person_id, staff=staff),
        object_kind="person",
        object_id=person_id,
        detail={"method": method},
        now=visit.now,
    )
    if staff:
        visit.know_device(await know_device(person_id, visit.device_token, now=visit.now))
    remember_phone(visit, "")
    person = await get_person(person_id)
    where = next_of(visit) or await home_of(visit, person_id, staff=staff)
    with use_language(visit.language):
        return See(where, _("You are signed in as %(name)s.", name=mask_name(person.name) or _("a new resident")))


async def home_of(visit: Visit, person_id: UUID, *, staff: bool) -> str:
    """Where somebody begins who wanted nothing in particular."""
    if not staff:
        return visit.url("account:home")
    roles = {grant.role for grant in await load_grants(person_id, visit.now)}
    return "/admin/" if roles and roles <= ADMINISTRATORS else "/desk/"


async def refused(visit: Visit, method: str, fault: Refused, person_id: UUID | None = None) -> None:
    """Writes down a try that failed."""
    await record(
        "access.sign_in",
        by=doer(visit, None),
        object_kind="person" if person_id else "",
        object_id=person_id,
        result="refused",
        detail={"method": method, "code": fault.code},
        now=visit.now,
    )


def under_way(visit: Visit, *stages: str) -> SessionHeld | None:
    """The sign-in that is under way on this browser, if it stands at one of these stages."""
    session: SessionHeld | None = visit.session
    return session if session is not None and session.stage in stages else None


def start_anew(visit: Visit) -> See:
    """Too much time went by: from the beginning."""
    return See(step(visit, "sign_in"), _("That took a while. Begin again; nothing is lost."), "warn")
