"""`lianxin user …`: accounts of staff."""

from __future__ import annotations

import re

import pytest

from lianxin.access.models import Credential, Grant
from lianxin.audit.models import AuditEntry
from tests.core.commands.conftest import Shell

PASSWORD = ("--password", "another long phrase")


@pytest.fixture
def anna(site: Shell) -> Shell:
    assert "may do nothing yet" in site.done("user", "create", "anna", "--name", "安娜", *PASSWORD)
    return site


def roles(site: Shell, login: str) -> list[str]:
    async def look() -> list[str]:
        account = await Credential.get(identifier=login)
        return sorted(grant.role for grant in await Grant.filter(person_id=account.person_id))

    return site.inside(look)


def secret(site: Shell, login: str) -> tuple[str, bool]:
    async def look() -> tuple[str, bool]:
        account = await Credential.get(identifier=login, method="password", ended_at=None)
        return account.secret_hash, bool(account.must_change)

    return site.inside(look)


def test_a_new_account_may_nothing_and_changes_its_password_first(anna: Shell) -> None:
    assert roles(anna, "anna") == []
    assert secret(anna, "anna")[1] is True


def test_roles_are_granted_one_by_one(anna: Shell) -> None:
    assert anna.done("user", "grant", "anna", "supervisor").strip() == "anna is supervisor now."
    anna.done("user", "grant", "anna", "auditor")
    assert roles(anna, "anna") == ["auditor", "supervisor"]


def test_a_reset_shows_a_new_password_once(anna: Shell) -> None:
    before = secret(anna, "anna")[0]
    said = anna.done("user", "reset", "anna")
    found = re.fullmatch(r"Password of anna until the next sign-in: (\S{16,})\n", said)
    assert found
    after, must_change = secret(anna, "anna")
    assert (after != before, must_change, found[1] in after) == (True, True, False)


REFUSED = {
    ("create", "anna", "--name", "安娜", *PASSWORD): "Somebody",
    ("create", "bob", "--name", "Bob", "--password", "short"): "8 characters",
    ("create", "bob", "--name", "", *PASSWORD): "name",
    ("create", "bob", "--name", "x" * 60, *PASSWORD): "name",
    ("grant", "anna", "station_staf"): "role",
    ("grant", "anna", "resident"): "",
    ("grant", "anna", "station_staff", "--area", "99"): "no area with the code 99",
    ("grant", "anna", "station_staff", "--organisation", "none"): "no organisation with the code none",
    ("grant", "nobody", "station_staff"): "nobody",
    ("reset", "nobody"): "nobody",
}


@pytest.mark.parametrize(("words", "told"), REFUSED.items(), ids=lambda value: " ".join(value)[:40])
def test_each_refusal_is_one_english_sentence(anna: Shell, words: tuple[str, ...], told: str) -> None:
    said = anna.told("user", *words, code=1)
    assert told.casefold() in said.casefold()
    assert said.isascii(), "the command line speaks one language"
    assert "\n" not in said
    assert roles(anna, "anna") == []


def test_what_the_command_line_did_is_in_the_trail(anna: Shell) -> None:
    anna.done("user", "grant", "anna", "supervisor")
    anna.done("user", "reset", "anna")

    async def look() -> list[str]:
        return [entry.action for entry in await AuditEntry.all().order_by("id")]

    assert anna.inside(look)[-3:] == ["access.staff_made", "access.granted", "access.staff_reset"]
