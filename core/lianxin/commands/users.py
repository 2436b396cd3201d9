"""`lianxin user create | grant | reset`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import click

from lianxin.access.actor import SYSTEM_ACTOR
from lianxin.access.grants import give_grant
from lianxin.audit import record
from lianxin.commands.site import within_site
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.areas import find_area
from lianxin.directory.organisations import find_organisation
from lianxin.i18n import use_language
from lianxin.operate.staff import make_staff, person_of_login, reset_account
from lianxin.web.site import system_clock

T = TypeVar("T")


@click.group()
def user() -> None:
    """Accounts of staff."""


def _told(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    async def opened(*_: Any) -> T:
        return await work()

    with use_language("en"):  # as all the command line speaks
        try:
            return within_site(opened)
        except Refused as refused:
            raise click.ClickException(refused.sentence()) from refused


@user.command()
@click.argument("login")
@click.option("--name", prompt=True, help="The person's name.")
@click.password_option(help="A first password, to be changed at the first sign-in.")
def create(login: str, name: str, password: str) -> None:
    """Makes an account for LOGIN. Rights come with `lianxin user grant`."""
    _told(lambda: make_staff(login, name, password, must_change=True, now=system_clock()))
    click.echo(f"{login} can sign in now, and may do nothing yet.")


@user.command()
@click.argument("login")
@click.argument("role")
@click.option("--area", default=None, help="Code of an area; everywhere if left out.")
@click.option("--organisation", default=None, help="Code of an organisation; any if left out.")
def grant(login: str, role: str, area: str | None, organisation: str | None) -> None:
    """Grants ROLE to LOGIN."""
    _told(lambda: _grant(login, role, area, organisation))
    click.echo(f"{login} is {role} now.")


async def _grant(login: str, role: str, area: str | None, organisation: str | None) -> None:
    now = system_clock()
    place = await find_area(area) if area else None
    if area and place is None:
        raise click.ClickException(f"There is no area with the code {area}.")
    office = await find_organisation(organisation) if organisation else None
    if organisation and office is None:
        raise click.ClickException(f"There is no organisation with the code {organisation}.")
    async with unit_of_work():
        person_id = await person_of_login(login)
        await give_grant(
            person_id,
            role,
            area_id=place.id if place else None,
            organisation_id=office.id if office else None,
            by=SYSTEM_ACTOR,
            now=now,
        )
        detail: dict[str, object] = {"role": role, "area": area or "", "organisation": organisation or ""}
        await record(
            "access.granted", by=SYSTEM_ACTOR, object_kind="person", object_id=person_id, detail=detail, now=now
        )


@user.command()
@click.argument("login")
def reset(login: str) -> None:
    """A new password for LOGIN, shown once, and the second factor set up anew at the next sign-in."""
    password = _told(lambda: reset_account(login, now=system_clock()))
    click.echo(f"Password of {login} until the next sign-in: {password}")
