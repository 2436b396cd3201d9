"""Two web processes, or a web and a worker, on one database: sessions, limits of signing in and live pages agree."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from lianxin.data.jobs import enqueue
from lianxin.data.models import Job
from lianxin.data.unit import unit_of_work
from lianxin.matters.models import Matter
from lianxin.operate.demo.staff import STAFF
from tests.faults.real_site import COOKIE, HANGS_AFTER, Running, ended_after, serve, submit, token_of, work
from tests.faults.site_fixtures import RealSite
from tests.faults.site_fixtures import processes_template as processes_template
from tests.faults.site_fixtures import real as real

pytestmark = [pytest.mark.anyio, pytest.mark.fault]
TRIES = 10


async def two(real: RealSite) -> tuple[Running, Running]:
    """One after the other: the first would bring the database up to date."""
    return await serve(real.config), await serve(real.config)


async def test_tries_are_counted_over_both(real: RealSite) -> None:
    """B6: ten wrong passwords, five at each, and both refuse the next."""
    first, second = await two(real)
    async with ended_after(first, second), first.browser() as one, second.browser() as other:
        answers = []
        for number in range(TRIES + 4):
            browser = (one, other)[number % 2]
            typed = {"login_name": "spare", "password": f"wrong password {number}"}
            answers.append((await submit(browser, "/sign-in/staff", typed, "/sign-in/staff")).status_code)
    assert answers == [422] * TRIES + [429] * 4


async def test_a_session_is_known_to_both_and_ends_at_both(real: RealSite) -> None:
    first, second = await two(real)
    token = await token_of(real.scene.planted["neighbour"].person)
    async with ended_after(first, second), first.browser(token) as here, second.browser(token) as there:
        assert (await here.get("/account/profile")).status_code == 200
        assert (await there.get("/account/profile")).status_code == 200
        assert (await submit(there, "/sign-out", {}, "/account/profile")).status_code == 303
        here.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
        after = await here.get("/account/profile")
        assert (after.status_code, "/sign-in" in after.headers.get("location", "")) == (303, True)


async def _hear(running: Running, token: str, code: str, ready: asyncio.Event) -> str:
    """Listens until the stream names the application."""
    async with running.browser(token) as browser, browser.stream("GET", "/desk/live") as stream:
        assert stream.status_code == 200
        async for line in stream.aiter_lines():
            ready.set()
            if code in line:
                return str(line)
    return ""


@pytest.mark.parametrize("same", [False, True], ids=["from the other process", "from the same process"])
async def test_what_happens_at_one_is_heard_at_the_other(real: RealSite, same: bool) -> None:
    planted = real.scene.planted["mine" if same else "neighbour"]
    first, second = await two(real)
    station = next(seed for seed in STAFF if seed.login == "station")
    token, hers = await token_of(station.person_id, staff=True), await token_of(planted.person)
    ready = asyncio.Event()
    async with ended_after(first, second):
        hearing = asyncio.create_task(_hear(first, token, planted.code, ready))
        await asyncio.wait_for(ready.wait(), HANGS_AFTER)
        async with (first if same else second).browser(hers) as browser:
            page = f"/account/m/{planted.code}/withdraw"
            assert (await submit(browser, page, {"reason": "not now"}, page)).status_code == 303
        assert planted.code in await asyncio.wait_for(hearing, HANGS_AFTER)
    assert (await Matter.get(code=planted.code)).state == "withdrawn"


async def test_a_web_leaves_its_jobs_to_the_worker(real: RealSite) -> None:
    """Jobs that pages make are done by the other process, and none by the one that was told not to."""
    planted = real.scene.planted["township"]
    web = await serve(real.config, "--no-worker")
    async with ended_after(web):
        async with unit_of_work():
            await enqueue("audit.seal", {}, due_at=datetime.now(UTC), dedupe_key="by the worker")
        async with web.browser(await token_of(planted.person)) as browser:
            page = f"/account/m/{planted.code}/withdraw"
            assert (await submit(browser, page, {"reason": "not now"}, page)).status_code == 303
        assert (await Job.get(dedupe_key="by the worker")).state == "queued"
        worker = await work(real.config)
        async with ended_after(worker), asyncio.timeout(HANGS_AFTER):
            while await Job.filter(state__in=("queued", "running"), due_at__lt=datetime.now(UTC)).exists():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    assert (await Job.get(dedupe_key="by the worker")).state == "done"
