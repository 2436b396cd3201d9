"""Who holds which role where: given and ended by security administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from lianxin.api import (
    N_,
    AreaInfo,
    FormView,
    GrantShown,
    Loader,
    Refused,
    See,
    Visit,
    _,
    areas_of,
    end_grant,
    find_area,
    find_organisation,
    get_rights,
    give_grant,
    list_below,
    list_grants,
    list_organisations,
    organisations_of,
    people_of,
    record,
    unit_of_work,
)
from lianxin.shells.admin.accounts import find_account
from lianxin.shells.admin.forms import GrantForm, PressForm


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One grant in words."""

    id: UUID
    person: str
    role: str
    area: str
    organisation: str
    valid_from: datetime
    valid_until: datetime | None
    counts: bool
    own: bool


@dataclass(frozen=True, slots=True)
class GrantsPage:
    """All that count, or will."""

    template: ClassVar[str] = "admin/grants.html"
    shell: ClassVar[str] = "admin"

    title: str
    lines: list[GrantLine]
    roles: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class GivePage:
    """The form."""

    template: ClassVar[str] = "admin/give.html"
    shell: ClassVar[str] = "admin"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class EndPage:
    """Whether to end it."""

    template: ClassVar[str] = "admin/end.html"
    shell: ClassVar[str] = "admin"

    title: str
    line: GrantLine
    form: FormView


async def _load(visit: Visit, text: str) -> GrantShown:
    found = next((grant for grant in await list_grants(visit.now) if str(grant.id) == text), None)
    if found is None:
        raise Refused("admin.no_grant", N_("This grant has ended, or is not there."), status=404)
    return found


GRANT = Loader(_load, scoped=False, because="grants belong to the whole site; the route's permission guards them")


def role_title(name: str) -> str:
    """In the language of this moment; a role that nobody declares any more by its name."""
    role = get_rights().roles.get(name)
    return str(role.title) if role else name


async def show_grants(visit: Visit) -> GrantsPage:
    """By role, in the address."""
    role = visit.query("role", longest=40)
    grants = await list_grants(visit.now, role=role or None)
    names = sorted(name for name, declared in get_rights().roles.items() if declared.staff)
    chips: list[dict[str, object]] = [
        {"title": _("All"), "href": visit.url("admin:people"), "count": "", "current": not role}
    ]
    chips += [
        {"title": role_title(name), "href": visit.url("admin:people", role=name), "count": "", "current": role == name}
        for name in names
    ]
    return GrantsPage(_("Grants"), await _lines(visit, grants), chips)


async def _lines(visit: Visit, grants: list[GrantShown]) -> list[GrantLine]:
    people = await people_of({grant.person_id for grant in grants})
    areas = await areas_of({grant.area_id for grant in grants if grant.area_id})
    organisations = await organisations_of({grant.organisation_id for grant in grants if grant.organisation_id})
    return [
        GrantLine(
            id=grant.id,
            person=people[grant.person_id].name,
            role=role_title(grant.role),
            area=areas[grant.area_id].name if grant.area_id else _("everywhere"),
            organisation=organisations[grant.organisation_id].name if grant.organisation_id else _("any"),
            valid_from=grant.valid_from,
            valid_until=grant.valid_until,
            counts=grant.counts,
            own=grant.person_id in visit.actor.person_ids,
        )
        for grant in grants
    ]


async def show_give(visit: Visit) -> GivePage:
    """A grant to give; `?person=` is filled in from an account's page."""
    roles = [(name, role_title(name), "") for name, role in get_rights().roles.items() if role.staff]
    organisations = [(each.code, each.name, "") for each in await list_organisations() if each.kind != "station"]
    form = visit.form(
        GrantForm,
        visit.url("admin:give"),
        values={"person": visit.query("person", longest=60)},
        choices={"role": roles, "organisation": [("", _("any"), ""), *organisations]},
    )
    return GivePage(_("Give a grant"), form)


async def give(visit: Visit, form: GrantForm) -> See:
    """Gives it, and writes down that it was given."""
    person = await find_account(form.person, visit.now)
    area = await _area(form.area)
    organisation = await find_organisation(form.organisation) if form.organisation else None
    async with unit_of_work():
        grant_id = await give_grant(
            person.id,
            form.role,
            area_id=area.id,
            organisation_id=organisation.id if organisation else None,
            valid_until=_end_of(visit, form),
            by=visit.actor,
            now=visit.now,
        )
        await record(
            "access.grant",
            by=visit.actor,
            object_kind="person",
            object_id=person.id,
            area_id=area.id,
            detail={"grant": grant_id, "role": form.role},
            now=visit.now,
        )
    told = _("%(name)s is now %(role)s.", name=person.name, role=role_title(form.role))
    return See(visit.url("admin:people"), told)


def _end_of(visit: Visit, form: GrantForm) -> datetime | None:
    if form.until is None:
        return None
    zone = ZoneInfo(visit.site.config.zone)
    return datetime.combine(form.until + timedelta(days=1), time(0), zone)


async def _area(text: str) -> AreaInfo:
    """By code, or by a name that one place alone has."""
    found = await find_area(text.strip())
    if found is not None:
        return found
    named = [area for area in await list_below("/", limit=5000) if text.strip() in (area.name_zh, area.name_en)]
    if len(named) == 1:
        return named[0]
    text_shown = N_("Several places are called so. Type the code.") if named else N_("There is no such place.")
    raise Refused("admin.area", text_shown, status=422, field="area")


async def ask_end(visit: Visit, grant: GrantShown) -> EndPage:
    """Says what ends."""
    line = (await _lines(visit, [grant]))[0]
    return EndPage(_("End this grant?"), line, visit.form(PressForm, visit.url("admin:end", grant=grant.id)))


async def end(visit: Visit, grant: GrantShown) -> See:
    """From her next click on it counts no more."""
    async with unit_of_work():
        await end_grant(grant.id, by=visit.actor, now=visit.now)
        await record(
            "access.end",
            by=visit.actor,
            object_kind="person",
            object_id=grant.person_id,
            detail={"grant": grant.id, "role": grant.role},
            now=visit.now,
        )
    return See(visit.url("admin:people"), _("Ended."))
