"""Accounts of staff, as the command line makes them: the first administrator, and who locked herself out."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from lianxin.access.actor import SYSTEM_ACTOR
from lianxin.access.grants import give_grant
from lianxin.access.models import Credential
from lianxin.access.passwords import clean_login, set_password
from lianxin.access.totp import reset_totp
from lianxin.audit import record
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.directory.models import Person
from lianxin.directory.people.numbers import read_name
from lianxin.i18n import N_

FIRST_ROLES = ("system_admin", "security_admin")
"""What the first administrator holds until she grants each to somebody: kept apart as soon as there are two people."""


async def make_staff(login: str, name: str, password: str, *, must_change: bool, now: datetime) -> UUID:
    """A person with a password and no rights yet. Raises Refused for a name, login or password that can't be."""
    async with unit_of_work():
        person = await Person.create(name=read_name(name), created_at=now)
        await set_password(person.id, login, password, must_change=must_change, now=now)
        await record("access.staff_made", by=SYSTEM_ACTOR, object_kind="person", object_id=person.id, now=now)
    return person.id


async def make_administrator(login: str, name: str, password: str, *, now: datetime) -> UUID:
    """The first administrator of a new site."""
    async with unit_of_work():
        person_id = await make_staff(login, name, password, must_change=False, now=now)
        for role in FIRST_ROLES:
            await give_grant(person_id, role, by=SYSTEM_ACTOR, now=now)
    return person_id


async def person_of_login(login: str) -> UUID:
    """Who signs in by this name. Raises Refused (404)."""
    row = await Credential.get_or_none(method="password", identifier=clean_login(login), ended_at=None)
    if row is None:
        raise Refused("operate.no_login", N_("Nobody signs in by the name %(login)s."), status=404, login=login)
    return row.person_id


async def reset_account(login: str, *, now: datetime) -> str:
    """A new password to be changed at once, and a second factor to be set up again. Answers the password."""
    person_id = await person_of_login(login)
    password = secrets.token_urlsafe(12)
    async with unit_of_work():
        await set_password(person_id, login, password, must_change=True, now=now)
        await reset_totp(person_id, now=now)
        await record("access.staff_reset", by=SYSTEM_ACTOR, object_kind="person", object_id=person_id, now=now)
    return password
