"""Where the suite gets a PostgreSQL from, and the databases it makes there.

Looked for in this order: the address in ``LIANXIN_TEST_PG``; a server on 127.0.0.1:5432 that lets the user
``postgres`` in without a password; the binaries that a distribution installs, started in a folder of their
own by a user without rights and thrown away afterwards. Where none is to be had, the answer is ``None``:
the caller says so loudly, since a suite that silently tests one engine of two is worth half.

``python -m lianxin.testing.postgresql COMMAND …`` runs a command with ``LIANXIN_TEST_PG`` set to what was found.
"""

import asyncio
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

VARIABLE = "LIANXIN_TEST_PG"
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"
START_SECONDS = 60
PROBE_SECONDS = 10
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class ServerSilent(RuntimeError):
    """A server that ought to answer does not: the text says which one and what to do."""


@dataclass(frozen=True)
class ServerFound:
    """A server on which tests may make and drop databases.

    ``url`` names its maintenance database, ``version`` is what it calls itself ("15.14"), ``source`` says in
    words where it was found.
    """

    url: str
    version: str
    source: str

    def url_of(self, database: str) -> str:
        """The address of another database on the same server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))


@contextmanager
def find_server() -> Iterator[ServerFound | None]:
    """The first server that answers, for as long as the block runs; None where there is none.

    Raises ``ServerSilent`` when ``LIANXIN_TEST_PG`` names a server that can't be used: who names one wants
    that one, and no other in its place.
    """
    named = os.environ.get(VARIABLE)
    if named:
        yield _named_server(named)
    elif usual := _answer_of(USUAL):
        yield ServerFound(USUAL, usual, "the running server on 127.0.0.1:5432")
    elif binaries := find_binaries():
        with temporary_server(binaries) as server:
            yield server
    else:
        yield None


def run_with_server(command: list[str]) -> int:
    """Runs a command for which the server is found once: all that it starts use the same. Answers its exit code."""
    with find_server() as server:
        found = {VARIABLE: server.url} if server else {}
        return subprocess.call(command, env={**os.environ, **found})


def find_binaries() -> Path | None:
    """The folder with the newest ``initdb`` and ``postgres`` on this machine, or None."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: _number(folder.parent.name))
    on_path = shutil.which("initdb")
    candidates = [*reversed(packaged), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((each for each in candidates if (each / "initdb").exists() and (each / "postgres").exists()), None)


@contextmanager
def temporary_server(binaries: Path) -> Iterator[ServerFound]:
    """A server of its own in a temporary folder, stopped and removed when the block ends.

    It gives up ``fsync``: its data outlives no block, and the crashes that are tested are those of our own
    processes. Raises ``ServerSilent`` with the end of its log when it does not start.
    """
    owner = _unprivileged_owner()
    folder = Path(tempfile.mkdtemp(prefix="lianxin-postgresql-"))
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _initialise(binaries, folder, owner)
        with _running(binaries, folder, owner) as url:
            yield ServerFound(url, _version(url), f"started for this run from {binaries}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def create_database(server: ServerFound, name: str, template: str = "template1") -> str:
    """Makes a database, in the place of one of the same name, and answers its address.

    It is a copy of ``template``, to which nobody may be connected; without one it is empty. Names are lower-case
    letters, digits and underscores; anything else raises ``ValueError``.
    """
    _check_name(template)
    await drop_database(server, name)
    await _command(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.url_of(name)


async def drop_database(server: ServerFound, name: str) -> None:
    """Removes a database and whoever is still connected to it; nothing happens where there is none."""
    _check_name(name)
    await _command(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _check_name(name: str) -> None:
    """A name of a database can't be a query parameter, so its shape is checked instead."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a test database: lower-case letters, digits, underscores")


async def _command(server: ServerFound, statement: str) -> None:
    connection = await asyncpg.connect(server.url, timeout=PROBE_SECONDS)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named_server(url: str) -> ServerFound:
    try:
        return ServerFound(url, _version(url), f"named by {VARIABLE}")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as fault:
        place = urlsplit(url).hostname or "an unreadable address"
        raise ServerSilent(
            f"{VARIABLE} names a PostgreSQL on {place} that can't be used ({fault}). "
            f"Start it, correct the address, or unset {VARIABLE} to let the suite look for one."
        ) from fault


def _answer_of(url: str) -> str | None:
    """The version of a server that may or may not be there: every way of not answering is None."""
    try:
        return _version(url)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return None


def _version(url: str) -> str:
    async def ask() -> str:
        connection = await asyncpg.connect(url, timeout=PROBE_SECONDS)
        try:
            return str(await connection.fetchval("SHOW server_version")).split()[0]
        finally:
            await connection.close()

    return _in_own_loop(ask())


def _in_own_loop(question: Coroutine[object, object, str]) -> str:
    """Runs in a thread with a loop of its own, so that a fixture inside a running loop may ask as well."""
    answers: list[str] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(asyncio.run(question))
        except BaseException as fault:
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return answers[0]


def _unprivileged_owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then as ``postgres``, else as ``nobody``. None: as who we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _start(command: list[str], folder: Path, owner: pwd.struct_passwd | None) -> "subprocess.Popen[bytes]":
    """Starts a binary in its folder as its owner, with everything it says in the file ``log`` there."""
    with (folder / "log").open("ab") as log:
        if owner is None:
            return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            user=owner.pw_uid,
            group=owner.pw_gid,
            extra_groups=[],
        )


def _initialise(binaries: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"]
    process = _start([*command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder, owner)
    if process.wait(timeout=START_SECONDS) != 0:
        raise ServerSilent(f"{command[0]} could not make a database cluster:\n{_end_of(folder / 'log')}")


@contextmanager
def _running(binaries: Path, folder: Path, owner: pwd.struct_passwd | None) -> Iterator[str]:
    port = _free_port()
    options = {"listen_addresses": "127.0.0.1", "fsync": "off", "max_connections": "300"}
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
    process = _start(
        [*command, *(part for name, value in options.items() for part in ("-c", f"{name}={value}"))],
        folder,
        owner,
    )
    try:
        yield _wait_for(process, f"postgresql://postgres@127.0.0.1:{port}/postgres", folder / "log")
    finally:
        process.send_signal(signal.SIGINT)  # its fast shutdown: ends sessions, waits for nobody
        process.wait(timeout=START_SECONDS)


def _wait_for(process: "subprocess.Popen[bytes]", url: str, log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        if _answer_of(url):
            return url
        time.sleep(0.05)
    raise ServerSilent(f"the PostgreSQL started for this run does not answer on {url}:\n{_end_of(log)}")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-10:])


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


if __name__ == "__main__":
    sys.exit(run_with_server(sys.argv[1:]))
