"""One tap per role."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from lianxin.api import (
    N_,
    Refused,
    See,
    Visit,
    _,
    cards_of,
    find_area,
    find_organisation,
    find_service,
    get_rights,
    mask_name,
    open_session,
    record,
    safe_path,
    unit_of_work,
)
from lianxin.shells.demo.cast import Cast, Somebody
from lianxin.shells.demo.pages import RoleLine, RolesPage

ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})
_ICONS = {"resident": "user", "grid_worker": "map", "station_staff": "counter", "supervisor": "eye"}


class BeForm(BaseModel):
    """A button."""


def _everybody(visit: Visit) -> list[Somebody]:
    cast = find_service(Cast)  # type: ignore[type-abstract]
    return cast.everybody() if cast else []


async def load_who(visit: Visit, text: str) -> Somebody:
    """One of those whom the demo offers."""
    found = next((each for each in _everybody(visit) if each.key == text), None)
    if found is None or found.person_id not in await cards_of([found.person_id]):
        raise Refused("demo.nobody", N_("Nobody of that name is in the demonstration."), status=404)
    return found


async def show_roles(visit: Visit) -> RolesPage:
    """Those who are there: a demo that was not filled has nobody."""
    everybody = _everybody(visit)
    known = await cards_of([each.person_id for each in everybody])
    lines = [await _line(visit, each) for each in everybody if each.person_id in known]
    return RolesPage(_("Look around as …"), tuple(lines))


async def _line(visit: Visit, who: Somebody) -> RoleLine:
    role = get_rights().roles.get(who.role)
    organisation = await find_organisation(who.organisation) if who.organisation else None
    area = await find_area(who.area)
    form = visit.form(BeForm, visit.url("demo:be", who=who.key, next=safe_path(visit.query("next"), "")))
    place = organisation.name if organisation else area.name if area else ""
    return RoleLine(
        mask_name(who.name), str(role.title) if role else who.role, place, _ICONS.get(who.role, "work"), form
    )


async def be(visit: Visit, who: Somebody) -> See:
    """Opens a session for that person; the one before on this browser ends."""
    async with unit_of_work():
        opened = await open_session(
            who.person_id,
            method="demo",
            staff=who.staff,
            device=_("Demonstration"),
            address=visit.address,
            instead_of=visit.session.id if visit.session else None,
            now=visit.now,
        )
        by = replace(visit.actor, person_id=who.person_id, staff=who.staff, address=visit.address)
        await record("access.sign_in", by=by, object_kind="person", object_id=who.person_id, now=visit.now)
    visit.sign_in(opened.token, seconds=opened.seconds)
    where = safe_path(visit.query("next", longest=1000), "") or _home_of(visit, who)
    return See(where, _("You look around as %(name)s.", name=mask_name(who.name)))


def _home_of(visit: Visit, who: Somebody) -> str:
    if not who.staff:
        return visit.url("account:home")
    return "/admin/" if who.role in ADMINISTRATORS else "/desk/"
