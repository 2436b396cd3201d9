"""Staff accounts: made with a password for once, given a new one, a second factor taken away, closed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from lianxin.api import (
    N_,
    CredentialRow,
    FormView,
    Loader,
    PersonInfo,
    Refused,
    See,
    Shown,
    Visit,
    _,
    claim_person,
    clean_login,
    disable_sign_in,
    find_person,
    list_grants,
    login_name_of,
    people_of,
    record,
    reset_totp,
    set_password,
    unit_of_work,
)
from lianxin.shells.admin.forms import AccountForm, PressForm

# Without those that look alike on paper.
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the list."""

    id: UUID
    name: str
    login_name: str
    second_factor: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """All accounts by name."""

    template: ClassVar[str] = "admin/accounts.html"
    shell: ClassVar[str] = "admin"

    title: str
    accounts: list[Account]


@dataclass(frozen=True, slots=True)
class NewAccountPage:
    """The form."""

    template: ClassVar[str] = "admin/new_account.html"
    shell: ClassVar[str] = "admin"

    title: str
    form: FormView


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account and what can be done to it. `password` is shown once, after it was made."""

    template: ClassVar[str] = "admin/account.html"
    shell: ClassVar[str] = "admin"

    title: str
    account: Account
    own: bool
    grants: int
    give_href: str
    form: FormView
    password: str = ""


async def list_accounts() -> list[Account]:
    """Who can sign in as staff, by name."""
    rows = await CredentialRow.filter(ended_at=None)
    people = await people_of({row.person_id for row in rows})
    second = {row.person_id for row in rows if row.method == "totp" and not row.must_change}
    accounts = [
        Account(row.person_id, people[row.person_id].name, row.identifier, row.person_id in second, row.must_change)
        for row in rows
        if row.method == "password"
    ]
    return sorted(accounts, key=lambda account: (account.name, account.login_name))


async def find_account(text: str, now: datetime) -> PersonInfo:
    """A colleague by login name, or by a name that one colleague alone has. Raises Refused (422, field person)."""
    plain = text.strip()
    row = await CredentialRow.get_or_none(method="password", identifier=clean_login(plain), ended_at=None)
    if row is not None and (person := await find_person(row.person_id)):
        return person
    named = await _colleagues_named(plain, now)
    if len(named) == 1 and (person := await find_person(named.pop())):
        return person
    several = N_("Several colleagues are called so. Type the login name.")
    none = N_("Nobody signs in by that name.")
    raise Refused("admin.no_account", several if named else none, status=422, field="person")


async def _colleagues_named(name: str, now: datetime) -> set[UUID]:
    """Who has an account or holds a grant, under this name."""
    ids = {account.id for account in await list_accounts()}
    ids |= {grant.person_id for grant in await list_grants(now)}
    return {key for key, person in (await people_of(ids)).items() if person.name == name}


async def _load(visit: Visit, text: str) -> Account:
    found = next((account for account in await list_accounts() if str(account.id) == text), None)
    if found is None:
        raise Refused("admin.no_account", N_("There is no such account."), status=404)
    return found


ACCOUNT = Loader(_load, scoped=False, because="accounts belong to the whole site; the route's permission guards them")


async def show_accounts(visit: Visit) -> AccountsPage:
    """The list."""
    return AccountsPage(_("Staff accounts"), await list_accounts())


async def show_new(visit: Visit) -> NewAccountPage:
    """A name and a login name; the password is made."""
    return NewAccountPage(_("New staff account"), visit.form(AccountForm, visit.url("admin:make_account")))


async def make(visit: Visit, form: AccountForm) -> Shown:
    """A person of her own: what she is as a resident stays apart until the desk joins them."""
    password = new_password()
    async with unit_of_work():
        person = await claim_person(name=form.name, now=visit.now)
        await set_password(person.person_id, form.login_name, password, must_change=True, now=visit.now)
        await record(
            "access.account_made", by=visit.actor, object_kind="person", object_id=person.person_id, now=visit.now
        )
    account = await _load(visit, str(person.person_id))
    return Shown(await _page(visit, account, password))


def new_password() -> str:
    """Three groups of four, to be read over the counter and changed at the first sign-in."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


async def show_account(visit: Visit, person: Account) -> AccountPage:
    """What can be done to it."""
    return await _page(visit, person)


async def _page(visit: Visit, account: Account, password: str = "") -> AccountPage:
    return AccountPage(
        title=account.name,
        account=account,
        own=account.id in visit.actor.person_ids,
        grants=len(await list_grants(visit.now, person_id=account.id)),
        give_href=visit.url("admin:give", person=account.login_name),
        form=visit.form(PressForm, visit.url("admin:change_account", person=account.id)),
        password=password,
    )


async def change(visit: Visit, person: Account) -> Shown | See:
    """Which change stands in the field `do`."""
    if person.id in visit.actor.person_ids:
        told = N_("This is your own account. Ask another administrator.")
        raise Refused("admin.own_account", told, status=403)
    deed = str(dict(visit.typed).get("do", ""))
    if deed == "password":
        return await _new_password(visit, person)
    if deed == "second_factor":
        return await _reset(visit, person)
    if deed == "close":
        return await _close(visit, person)
    raise Refused("admin.no_deed", N_("Go back to the page and use its button."), status=422)


async def _new_password(visit: Visit, account: Account) -> Shown:
    password = new_password()
    login = await login_name_of(account.id) or account.login_name
    async with unit_of_work():
        await set_password(account.id, login, password, must_change=True, now=visit.now)
        await _record(visit, "access.password_reset", account)
    return Shown(await _page(visit, await _load(visit, str(account.id)), password))


async def _reset(visit: Visit, account: Account) -> See:
    async with unit_of_work():
        await reset_totp(account.id, now=visit.now)
        await _record(visit, "access.second_factor_reset", account)
    told = _("The second factor is gone. At the next sign-in a new one is set up.")
    return See(visit.url("admin:account", person=account.id), told)


async def _close(visit: Visit, account: Account) -> See:
    async with unit_of_work():
        await disable_sign_in(account.id, now=visit.now)
        await _record(visit, "access.account_closed", account)
    return See(visit.url("admin:staff"), _("Closed. Nobody signs in by it any more."))


async def _record(visit: Visit, action: str, account: Account) -> None:
    await record(action, by=visit.actor, object_kind="person", object_id=account.id, now=visit.now)
