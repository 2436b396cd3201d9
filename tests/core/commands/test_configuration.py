"""Faults of the configuration end a command with a sentence and exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lianxin.config import Config, ConfigError, make_config
from lianxin.testing.database import ENGINE
from tests.core.commands.conftest import Shell

COMMANDS = [
    ("check",),
    ("plugin", "list"),
    ("routes",),
    ("migrate",),
    ("user", "reset", "root"),
    ("serve",),
    ("worker",),
]
LINES = {
    'base_ulr = "http://x"': "there is no key 'base_ulr'. Did you mean 'base_url'?",
    "zzzzzz = 1": "there is no key 'zzzzzz'. Known keys: base_url,",
    'hosts = "a"': "hosts must be a list of strings, not 'a'",
    'demo = "yes"': "demo must be true or false, not 'yes'",
    "theme = 1": "theme must be a string, not 1",
    "theme = ": "can't be read",
    'theme = "nobodys"': "theme 'nobodys' is not installed. Installed: default",
}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_tells_a_wrong_key_with_the_right_one(site: Shell, words: tuple[str, ...]) -> None:
    site.add('base_ulr = "http://x"')
    said = site.told(*words, code=2)
    assert said == f"{site.toml}: there is no key 'base_ulr'. Did you mean 'base_url'?"


@pytest.mark.parametrize(("line", "told"), [pair for pair in LINES.items() if "nobodys" not in pair[0]])
def test_each_wrong_line_is_told_with_its_file(site: Shell, line: str, told: str) -> None:
    site.add(line)
    said = site.told("check", code=2)
    assert str(site.toml) in said
    assert told in said


def test_a_site_that_is_not_there_is_answered_with_how_to_make_one(empty: Shell) -> None:
    assert f"`lianxin init {empty.folder}` makes a new site" in empty.told("check", code=2)


def test_a_theme_that_is_not_installed_stops_the_start(site: Shell) -> None:
    site.add('theme = "nobodys"')
    assert LINES['theme = "nobodys"'] in site.told("serve", code=2)


@pytest.mark.skipif(ENGINE != "postgresql", reason="other engine: a file always answers")
def test_a_database_that_does_not_answer_is_a_sentence(site: Shell) -> None:
    site.change(":5432", ":1")
    assert "The database does not answer" in site.told("user", "reset", "root", code=2)
    assert "The database does not answer" in site.told("migrate", code=2)


def test_keys_that_are_gone_are_a_sentence(site: Shell) -> None:
    (site.folder / "keys.toml").unlink()
    assert "put it back from where its copy is kept" in site.told("user", "reset", "root", code=2)


def make(**environment: str) -> Config:
    from pathlib import Path

    return make_config(Path("site"), {}, environment, where="lianxin.toml")


def test_the_environment_overrides_the_file(site: Shell) -> None:
    assert make(LIANXIN_HOSTS="a, b ,").hosts == ("a", "b")
    assert make(LIANXIN_DEMO="on").demo is True
    assert make(LIANXIN_DEMO="False").demo is False


def test_a_slip_in_the_environment_is_told_too() -> None:
    with pytest.raises(ConfigError, match="LIANXIN_BASE_ULR. Did you mean LIANXIN_BASE_URL"):
        make(LIANXIN_BASE_ULR="http://x")
    with pytest.raises(ConfigError, match="LIANXIN_DEMO='ture'. Say true or false"):
        make(LIANXIN_DEMO="ture")


def test_variables_of_others_are_left_alone() -> None:
    make(LIANXIN_SITE="x", LIANXIN_TEST_ENGINE="sqlite", LIANXIN_FAULT_SIZE="full", PATH="/bin")


def test_a_wrong_word_on_the_command_line_is_exit_code_2(site: Shell) -> None:
    assert site.run("chekc").exit_code == 2
    assert site.run("check", "--jsn").exit_code == 2


def test_help_is_there_for_every_command(site: Shell) -> None:
    for words in (
        (),
        ("plugin",),
        ("user",),
        *((each[0],) for each in COMMANDS),
        ("init",),
        ("demo",),
        ("makemigrations",),
    ):
        assert "Usage:" in site.done(*words, "-h")


@pytest.mark.parametrize("words", [("serve",), ("serve", "--server", "uvicorn"), ("worker",), ("check",)], ids=" ".join)
def test_a_real_site_never_runs_as_a_demonstration(site: Shell, words: tuple[str, ...]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from lianxin.commands import main; main()", "--site", str(site.folder), *words],
        env={**os.environ, "LIANXIN_DEMO": "true", "LIANXIN_LISTEN": "127.0.0.1:0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 2, answer.stderr
    assert "Error: demo is on, and this database was not made by `lianxin demo`" in answer.stderr
