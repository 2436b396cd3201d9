"""Finding a PostgreSQL: each source for real, and the databases made there."""

import asyncio
import socket
from pathlib import Path

import asyncpg
import pytest

from lianxin.testing import postgresql
from lianxin.testing.postgresql import (
    USUAL,
    VARIABLE,
    ServerFound,
    ServerSilent,
    create_database,
    drop_database,
    find_binaries,
    find_server,
    run_with_server,
    temporary_server,
)

NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:9/postgres"


@pytest.fixture(scope="module")
def server():
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL binaries on this machine")
    with temporary_server(binaries) as started:
        yield started


def in_loop(coroutine):
    return asyncio.run(coroutine)


async def fetch(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def test_a_server_of_its_own_answers_and_is_gone_afterwards():
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL binaries on this machine")
    with temporary_server(binaries) as started:
        folder = Path(str(in_loop(fetch(started.url, "SHOW data_directory"))))
        port = int(str(in_loop(fetch(started.url, "SHOW port"))))
        assert folder.exists()
        assert started.version.split(".")[0] == binaries.parent.name
    assert not folder.parent.exists()
    with socket.socket() as visitor:
        assert visitor.connect_ex(("127.0.0.1", port)) != 0


def test_what_the_variable_names_comes_first(server: ServerFound, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, server.url)
    with find_server() as found:
        assert found == ServerFound(server.url, server.version, "named by LIANXIN_TEST_PG")


def test_a_named_server_that_is_silent_is_not_replaced(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, NOBODY_LISTENS)
    with pytest.raises(ServerSilent, match=r"LIANXIN_TEST_PG names a PostgreSQL on 127\.0\.0\.1"):
        with find_server():
            pass


def test_the_running_server_comes_before_one_of_its_own(server: ServerFound, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(postgresql, "USUAL", server.url)
    with find_server() as found:
        assert found is not None
        assert found.url == server.url
        assert found.source == "the running server on 127.0.0.1:5432"


def test_without_a_running_server_one_is_started(server: ServerFound, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(postgresql, "USUAL", NOBODY_LISTENS)
    with find_server() as found:
        assert found is not None
        assert found.url not in {USUAL, server.url}
        assert found.source.startswith("started for this run")


def test_a_machine_without_any_gives_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(postgresql, "USUAL", NOBODY_LISTENS)
    monkeypatch.setattr(postgresql, "find_binaries", lambda: None)
    with find_server() as found:
        assert found is None


def test_binaries_that_cannot_start_say_why(tmp_path: Path):
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho the disk is full >&2; exit 1\n")
        (tmp_path / name).chmod(0o755)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    with pytest.raises(ServerSilent, match=r"(?s)initdb could not make.*the disk is full"):
        with temporary_server(tmp_path):
            pass


def test_a_database_is_made_empty_even_in_place_of_another(server: ServerFound):
    url = in_loop(create_database(server, "first_of_all"))
    in_loop(fetch(url, "CREATE TABLE left_over (id int)"))
    again = in_loop(create_database(server, "first_of_all"))
    assert again == url == server.url_of("first_of_all")
    assert in_loop(fetch(again, "SELECT count(*) FROM pg_tables WHERE tablename = 'left_over'")) == 0
    in_loop(drop_database(server, "first_of_all"))
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        in_loop(fetch(url, "SELECT 1"))


def test_a_database_can_be_a_copy_of_another(server: ServerFound):
    original = in_loop(create_database(server, "original"))
    in_loop(fetch(original, "CREATE TABLE kept (id int)"))
    copy = in_loop(create_database(server, "copied", template="original"))
    assert in_loop(fetch(copy, "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'")) == 1


def test_a_command_is_told_where_the_server_is(server: ServerFound, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(postgresql, "USUAL", server.url)
    compare = f'test "$LIANXIN_TEST_PG" = "{server.url}" && exit 7'
    assert run_with_server(["sh", "-c", compare]) == 7


def test_dropping_ends_who_is_still_connected(server: ServerFound):
    async def drop_while_connected() -> None:
        visitor = await asyncpg.connect(await create_database(server, "visited"))
        await drop_database(server, "visited")
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await visitor.fetchval("SELECT 1")

    in_loop(drop_while_connected())


@pytest.mark.parametrize("name", ['a"b', "", "Upper", "postgres; drop", "ä"])
def test_a_name_of_another_shape_is_refused(server: ServerFound, name: str):
    with pytest.raises(ValueError, match="is no name for a test database"):
        in_loop(create_database(server, name))


def test_a_running_loop_may_ask_too(server: ServerFound, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, server.url)

    async def ask() -> str:
        with find_server() as found:
            assert found is not None
            return found.url

    assert in_loop(ask()) == server.url
