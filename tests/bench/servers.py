"""Starting a server on a core of its own, asking it, stopping it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import pin
from tests.bench.memory import used_seconds

SERVER_CORE = 0
LOAD_CORE = 1
ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60.0


class NotServing(RuntimeError):
    """A server did not come up, or answered what it should not. The text has the end of what it said."""


@dataclass(frozen=True)
class Command:
    """How a server is started; `{port}` in a part is put in."""

    name: str
    parts: Sequence[str]
    environment: Mapping[str, str]
    first: str = "/"


@dataclass
class Server:
    """One that runs. `started` is the time from its start to its first 200, in seconds."""

    name: str
    port: int
    pid: int
    started: float
    log: Path


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_command(kind: str, server: str, folder: Path) -> Command:
    """Our raw or bare site."""
    return Command(kind, [sys.executable, "-m", "tests.bench.serving", kind, server, "{port}", str(folder)], {})


@contextmanager
def running(command: Command, folder: Path) -> Iterator[Server]:
    """The server, for as long as the block runs. Raises NotServing."""
    port, log = free_port(), folder / f"{command.name}.log"
    environment = {name: value.replace("{port}", str(port)) for name, value in command.environment.items()}
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in command.parts],
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env={**os.environ, **environment},
            preexec_fn=lambda: pin(SERVER_CORE),
        )
    try:
        _wait(process, port, command.first, log, began)
        yield Server(command.name, port, process.pid, time.perf_counter() - began, log)
    finally:
        _stop(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path, began: float) -> None:
    while time.perf_counter() - began < START_SECONDS:
        if process.poll() is not None:
            break
        try:
            status, _, _ = get(port, path)
        except OSError:
            time.sleep(0.005)
            continue
        if status == 200:
            return
        break
    raise NotServing(f"{path} never answered 200:\n{log.read_text(errors='replace')[-3000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def get(
    port: int, path: str, headers: Mapping[str, str] | None = None, body: str | None = None
) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers with small names, body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        sent = {"Accept-Language": "zh-CN", **(headers or {})}
        connection.request("GET" if body is None else "POST", path, body, sent)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def settle(server: Server) -> None:
    """Waits until it has worked off what a load left behind, or the next one would pay for it."""
    for _ in range(50):
        before = used_seconds(server.pid)
        time.sleep(0.1)
        if used_seconds(server.pid) - before <= 0.02:
            return
