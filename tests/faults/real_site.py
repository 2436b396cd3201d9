"""A real site on the engine of this run, served by processes of its own, which may be killed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from lianxin.access.sessions import open_session
from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.data.unit import unit_of_work
from lianxin.testing.clock import FakeClock
from lianxin.testing.site import open_test_site
from tests.contract.scene import PLUGINS, Scene, fill_scene, set_scene

ROOT = Path(__file__).parents[2]
HANGS_AFTER = 120
COOKIE = "lianxin-session"
TOML = 'base_url = "http://127.0.0.1:8000"\ndatabase = "{database}"\nplugins = {plugins}\n'


@dataclass
class Running:
    """One process of the site; `url` is empty for a worker."""

    process: Process
    url: str = ""

    async def kill(self) -> None:
        """SIGKILL: nothing of it ends in order."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    def browser(self, token: str = "") -> httpx2.AsyncClient:
        """A browser at this process, signed in by the token of a session."""
        headers = {"origin": self.url, "sec-fetch-site": "same-origin", "accept-language": "en"}
        client = httpx2.AsyncClient(base_url=self.url, headers=headers, timeout=60)
        if token:
            client.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
        return client


async def make_site(config: Config) -> Scene:
    """The folder of a site on a database with tables, and the scene of the contract in it, as of now."""
    (config.folder / "lianxin.toml").write_text(
        TOML.format(database=config.database, plugins=json.dumps(PLUGINS)), "utf-8"
    )
    make_keys(config.keys_file)
    config.uploads.mkdir(exist_ok=True)
    config = replace(config, plugins=PLUGINS)
    async with open_test_site(config, clock=FakeClock(datetime.now(UTC)), plugins=PLUGINS) as site:
        await fill_scene(site)
        return await set_scene(site)


async def token_of(person: UUID, *, staff: bool = False) -> str:
    """The token of a new session. The database must be open."""
    async with unit_of_work():
        method = "password" if staff else "phone"
        return (await open_session(person, method=method, staff=staff, now=datetime.now(UTC))).token


def free_port() -> int:
    """One that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def _start(config: Config, base_url: str, *words: str) -> Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
    log = (config.folder / "processes.log").open("ab")
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", "from lianxin.commands import main; main()", "--site", str(config.folder), *words),
            cwd=ROOT,
            env={**kept, "LIANXIN_BASE_URL": base_url},
            stdin=DEVNULL,
            stdout=log,
            stderr=log,
        )
    finally:
        log.close()


async def serve(config: Config, *options: str, port: int = 0) -> Running:
    """A web process that answers."""
    listen = f"127.0.0.1:{port or free_port()}"
    running = Running(
        await _start(config, f"http://{listen}", "serve", "--listen", listen, *options), f"http://{listen}"
    )
    until = time.monotonic() + HANGS_AFTER
    async with running.browser() as browser:
        while time.monotonic() < until and running.process.returncode is None:
            try:
                if (await browser.get("/readyz")).status_code == 200:
                    return running
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
    raise RuntimeError((config.folder / "processes.log").read_text("utf-8", "replace")[-4000:])


async def work(config: Config) -> Running:
    """A worker process."""
    return Running(await _start(config, "http://127.0.0.1:8000", "worker"))


@asynccontextmanager
async def ended_after(*started: Running) -> AsyncIterator[None]:
    """Ends these processes, by their own ids, when the block ends."""
    try:
        yield
    finally:
        for each in started:
            if each.process.returncode is None:
                each.process.terminate()
            try:
                await asyncio.wait_for(each.process.wait(), 30)
            except TimeoutError:
                await each.kill()


_KEY = re.compile(r'name="_key" value="([^"]+)"')


async def submit(browser: httpx2.AsyncClient, path: str, data: dict[str, Any], page: str) -> httpx2.Response:
    """As a person does: from the page, with its key."""
    shown = await browser.get(page)
    keys = _KEY.findall(shown.text)
    return await browser.post(path, data={**data, **({"_key": keys[-1]} if keys else {})})
