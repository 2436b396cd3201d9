"""B8: two hundred people type a password at once. That two hashes run at once and no more: tests/core/access."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.real_site import HANGS_AFTER, Running, ended_after, serve
from tests.faults.site_fixtures import RealSite
from tests.faults.site_fixtures import processes_template as processes_template
from tests.faults.site_fixtures import real as real

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
AT_ONCE = 200
Record = Callable[[str, object], None]


def highest_memory(running: Running) -> int:
    """KiB that the process has held at most."""
    lines = Path(f"/proc/{running.process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


async def _try(running: Running, number: int) -> int:
    async with running.browser() as browser:
        typed = {"login_name": f"nobody{number}", "password": "wrong password"}
        return (await browser.post("/sign-in/staff", data=typed, timeout=HANGS_AFTER)).status_code


async def test_a_flood_of_passwords_leaves_the_site_answering(real: RealSite, record_property: Record) -> None:
    running = await serve(real.config)
    async with ended_after(running), running.browser() as browser:
        assert (await browser.get("/")).status_code == 200
        assert await _try(running, AT_ONCE) == 422
        before = highest_memory(running)
        trying = asyncio.gather(*(_try(running, number) for number in range(AT_ONCE)))
        pages = 0
        while not trying.done():
            assert (await browser.get("/eservices/", timeout=HANGS_AFTER)).status_code == 200
            pages += 1
        answers = await trying
        grown = highest_memory(running) - before
    assert set(answers) <= {422, 429, 503}
    assert answers.count(422) > AT_ONCE // 2
    assert pages > 0
    record_property("KiB more at most", grown)
