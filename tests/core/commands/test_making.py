"""`lianxin init`: keys, an empty database, the first administrator, no demo data."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

import pytest

from lianxin.access.models import Credential, Grant
from lianxin.config import load_config
from lianxin.directory.models import Area, Person
from lianxin.operate.kind import is_demonstration
from lianxin.testing.database import ENGINE, Template
from tests.core.commands.conftest import Shell

needs_postgresql = pytest.mark.skipif(ENGINE != "postgresql", reason="other engine: a file always answers")


@pytest.fixture(scope="module")
def made(database_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A site as `init` made it: not to be changed."""
    name, folder = f"lianxin_made_{os.getpid()}", tmp_path_factory.mktemp("made")
    shell = Shell(database_template.bare_config(folder, name))
    answer = shell.init()
    assert answer.exit_code == 0, answer.output
    yield shell
    database_template.drop(name)


def test_it_makes_a_site_that_starts_at_once(made: Shell) -> None:
    config = load_config(made.folder, {})
    assert (config.demo, config.base_url, config.database) == (False, "http://127.0.0.1:8000", made.database)
    assert stat.S_IMODE((made.folder / "keys.toml").stat().st_mode) == 0o600
    assert (made.folder / "uploads").is_dir()
    assert made.done("migrate", "--check").strip() == "The database is up to date."


def test_there_is_one_person_and_nothing_of_a_demonstration(made: Shell) -> None:
    async def look() -> tuple[list[str], set[str], int, bool]:
        names = [person.name for person in await Person.all()]
        return names, {grant.role for grant in await Grant.all()}, await Area.all().count(), await is_demonstration()

    assert made.inside(look) == (["罗俊"], {"system_admin", "security_admin"}, 0, False)


def test_the_password_is_nowhere_in_the_clear(made: Shell) -> None:
    async def look() -> str:
        return str((await Credential.get(identifier="root")).secret_hash)

    assert made.inside(look).startswith("$argon2id$")
    assert "a long enough phrase" not in made.toml.read_text("utf-8")


def test_the_address_of_the_database_is_hidden_from_others(made: Shell) -> None:
    assert stat.S_IMODE(made.toml.stat().st_mode) == 0o600, "it may hold a password"


def test_a_site_is_never_overwritten(made: Shell) -> None:
    before = made.toml.read_bytes(), (made.folder / "keys.toml").read_bytes()
    answer = made.init()
    assert answer.exit_code == 1
    assert "holds a site already" in answer.stderr
    assert (made.toml.read_bytes(), (made.folder / "keys.toml").read_bytes()) == before


def test_a_plugin_that_is_not_installed_leaves_nothing_behind(empty: Shell) -> None:
    answer = empty.init(plugins="eservces")
    assert answer.exit_code == 2
    assert "Did you mean 'eservices'?" in answer.stderr
    assert not list(empty.folder.iterdir())


def test_a_password_too_short_leaves_nothing_behind(empty: Shell) -> None:
    answer = empty.init("--password", "short")
    assert answer.exit_code == 1
    assert "8 characters" in answer.stderr
    assert not list(empty.folder.iterdir())
    assert empty.init().exit_code == 0, "and the second try is not held up by the first"


@needs_postgresql
def test_a_database_that_does_not_answer_is_a_sentence(empty: Shell) -> None:
    answer = empty.init("--database", "postgresql://postgres@127.0.0.1:1/none")
    assert answer.exit_code == 2
    assert "The database does not answer" in answer.stderr
    assert not list(empty.folder.iterdir())


@needs_postgresql
def test_a_database_with_people_in_it_is_left_alone(made: Shell, empty: Shell) -> None:
    answer = empty.init("--database", made.database)
    assert answer.exit_code == 2
    assert "holds the people of a site already" in answer.stderr
    assert not list(empty.folder.iterdir())


def test_what_is_not_given_is_asked_for(empty: Shell) -> None:
    from click.testing import CliRunner

    from lianxin.commands import command

    typed = "\n".join(["", "root", "罗俊", "a long enough phrase", "a long enough phrase", ""])
    words = ["init", str(empty.folder), "--database", empty.database, "--plugins", ""]
    answer = CliRunner().invoke(command, words, input=typed)
    assert answer.exit_code == 0, answer.output
    assert "a long enough phrase" not in answer.output
    assert load_config(empty.folder, {}).base_url == "http://127.0.0.1:8000"
