"""A demonstration as its users have it: made by `lianxin demo`, served by `lianxin serve`, in processes of its own.

Which engine such a site uses is its own affair: it has nothing to do with the one of the process that tests it.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from lianxin.testing.postgresql import create_database, drop_database, find_server

Engine = Literal["sqlite", "postgresql"]
Shape = Literal["one", "web and worker", "two webs"]
T = TypeVar("T")
HANGS_AFTER = 600
STOPS_WITHIN = 30
_FAULT = re.compile(r'"level": "(error|critical)"|"status": 5\d\d|^Traceback')


class SiteSilent(RuntimeError):
    """A process did not do what it was started for; the text ends with what it said."""


@dataclass(frozen=True)
class MadeDemo:
    """The folder of a demonstration and, for PostgreSQL, the variable that names its database."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Served:
    """A site that answers: one address for each web process, and the log of each process."""

    urls: tuple[str, ...]
    logs: tuple[Path, ...]

    @property
    def url(self) -> str:
        """The address of the first web process, without a slash at the end."""
        return self.urls[0]

    @property
    def said(self) -> str:
        """Everything that the processes have said so far."""
        return "\n".join(log.read_text(errors="replace") for log in self.logs)

    @property
    def faults(self) -> list[str]:
        """Lines of the logs that tell of a fault, or of an answer from 500 on."""
        return [line for line in self.said.splitlines() if _FAULT.search(line)]


@contextmanager
def made_demo(folder: Path, engine: Engine) -> Iterator[MadeDemo]:
    """A demonstration full of data for as long as the block runs; `folder` must not be there yet.

    Raises SiteSilent when it can't be made, or when no PostgreSQL is to be had for one.
    """
    with ExitStack() as stack:
        environment = {} if engine == "sqlite" else {"LIANXIN_DATABASE": stack.enter_context(_database())}
        demo = MadeDemo(folder, environment)
        made = subprocess.run(
            _command("demo", "--folder", str(folder), "--no-serve"),
            env=_environment(demo),
            capture_output=True,
            text=True,
            timeout=HANGS_AFTER,
            check=False,
        )
        if made.returncode != 0:
            raise SiteSilent(f"`lianxin demo` on {engine} failed:\n{made.stdout[-2000:]}\n{made.stderr[-4000:]}")
        yield demo


@contextmanager
def served(demo: MadeDemo, logs: Path, shape: Shape = "one", server: str = "granian") -> Iterator[Served]:
    """The site, answering, for as long as the block runs; each process is stopped by its own id. Raises SiteSilent."""
    logs.mkdir(parents=True, exist_ok=True)
    ports = [_free_port() for _ in range(2 if shape == "two webs" else 1)]
    names = [f"http://127.0.0.1:{port}" for port in ports]
    with ExitStack() as stack:
        site = Served(tuple(names), tuple(logs / f"{part}.log" for part in (*map(str, ports), "worker")))
        for port, name in zip(ports, names, strict=True):
            options = ["--no-worker"] if shape == "web and worker" else []
            command = _command(
                "--site", str(demo.folder), "serve", "--listen", f"127.0.0.1:{port}", "--server", server, *options
            )
            log = logs / f"{port}.log"
            process = stack.enter_context(_running(command, _environment(demo, name), log))
            # One after the other: the first brings the database up to date.
            _wait_for(name, process, log)
        (logs / "worker.log").touch()
        if shape == "web and worker":
            command = _command("--site", str(demo.folder), "worker")
            stack.enter_context(_running(command, _environment(demo, names[0]), logs / "worker.log"))
        yield site


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from lianxin.commands import main; main()", *arguments]


def _environment(demo: MadeDemo, base_url: str = "") -> dict[str, str]:
    """Ours without the variables that would change the site, and with those that make it this one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
    own = {"LIANXIN_BASE_URL": base_url} if base_url else {}
    return {**kept, **demo.environment, **own, "PYTHONUNBUFFERED": "1"}


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired as late:
            process.kill()
            process.wait(timeout=STOPS_WITHIN)
            raise SiteSilent(f"a process did not stop when it was asked to: {' '.join(command[2:])}") from late


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + HANGS_AFTER
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - an address of our own making
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SiteSilent(f"the site at {url} does not answer:\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _database() -> Iterator[str]:
    """An empty database on PostgreSQL, dropped at the end."""
    name = f"lianxin_demo_{os.getpid()}_{_free_port()}"
    with find_server() as server:
        if server is None:
            raise SiteSilent("no PostgreSQL is to be had on this machine")
        url = _in_thread(create_database(server, name))
        try:
            yield url
        finally:
            _in_thread(drop_database(server, name))


def _in_thread(work: Coroutine[Any, Any, T]) -> T:
    """In a loop of its own: where a browser is open, this thread has one that is busy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
