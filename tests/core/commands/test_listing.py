"""`lianxin plugin list`, `lianxin routes`, `lianxin migrate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.commands.conftest import Install, Shell


@pytest.fixture
def broken(site: Shell, install: Install) -> Shell:
    """A site with a plugin that does not import."""
    install("broken", "import nobody_has_this\n")
    return site


def test_what_is_installed_and_off_is_available(site: Shell) -> None:
    found = site.json("plugin", "list")
    assert (found["on"], found["set_aside"]) == ({}, {})
    assert "eservices" in found["available"]
    assert "available  eservices" in site.done("plugin", "list")


def test_what_is_refused_is_listed_with_why(broken: Shell) -> None:
    found = broken.json("plugin", "list", code=1)
    assert "importing lianxin_broken_plugin.plugin failed: ModuleNotFoundError" in found["set_aside"]["broken"]
    assert str(Path("lianxin_broken_plugin") / "plugin.py") in found["set_aside"]["broken"]
    assert "set aside  Plugin 'broken'" in broken.run("plugin", "list").stdout


def test_check_and_migrate_refuse_what_a_later_start_sets_aside(broken: Shell) -> None:
    assert "Plugin 'broken'" in broken.told("check", code=2)
    assert "Plugin 'broken'" in broken.told("migrate", code=2)
    assert broken.json("routes")


def test_an_essential_plugin_that_is_broken_stops_every_command(broken: Shell) -> None:
    broken.change("essential = []", 'essential = ["broken"]')
    assert "Plugin 'broken'" in broken.told("serve", code=2)


def test_every_address_is_listed_with_its_rule(site: Shell) -> None:
    rows = site.json("routes")
    assert all(set(row) == {"path", "name", "methods", "access"} for row in rows)
    by_name = {row["name"]: row for row in rows}
    assert len(by_name) == len(rows)
    assert by_name["account:home"] == {
        "path": "/account/",
        "name": "account:home",
        "methods": ["GET"],
        "access": "signed_in",
    }
    text = site.done("routes")
    assert all(row["name"] in text for row in rows)
    assert not [row for row in rows if row["path"].startswith("/demo")], "no route of a demonstration"


def test_a_database_that_is_behind_is_brought_up_and_stays(empty: Shell) -> None:
    empty.toml.write_text(f'database = "{empty.database}"\n', "utf-8")
    answer = empty.run("migrate", "--check")
    assert answer.exit_code == 1
    assert "lianxin.0001_initial" in answer.stdout
    assert "applied." in empty.done("migrate")
    assert empty.done("migrate", "--check").strip() == "The database is up to date."
    assert empty.done("migrate").strip() == "The database is up to date."
