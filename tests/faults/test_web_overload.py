"""Too often, and gone before the end: floods against a site in memory."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from lianxin.data.unit import unit_of_work
from lianxin.directory.models import Person
from lianxin.testing.site import SiteClient, TestSite
from lianxin.web.open_streams import MOST_OF_A_SESSION, MOST_OF_AN_ADDRESS
from tests.core.web.probe.opening import probed as probed
from tests.core.web.probe.opening import somebody
from tests.core.web.probe.raw import OURS, ask
from tests.faults.size import size

pytestmark = pytest.mark.anyio
Record = Callable[[str, object], None]
BURST = 200
BOUND = 120


async def burst(client: SiteClient, method: str, path: str, times: int = BURST) -> Counter[int]:
    """So many requests one after the other: how each was answered."""
    answers = [await client.request(method, path) for _ in range(times)]
    late = [answer for answer in answers if answer.status_code == 429]
    assert all(int(answer.headers["retry-after"]) > 0 for answer in late)
    return Counter(answer.status_code for answer in answers)


async def test_a_burst_of_changes_is_taken_up_to_the_limit(probed: TestSite) -> None:
    """C6: of 200 changes of one session 60 a minute are taken, ±1; other people and reading are not touched."""
    person = await somebody(probed)
    client = await probed.client_of(person.id)
    taken = await burst(client, "POST", "/probe/refuse")
    assert abs(taken[422] - 60) <= 1
    assert taken[422] + taken[429] == BURST
    assert (await client.get("/probe/")).status_code == 200
    other = await probed.client_of((await somebody(probed)).id)
    assert (await other.post("/probe/refuse")).status_code == 422
    assert (await probed.client().post("/probe/refuse")).status_code == 422


async def test_heavy_pages_have_a_limit_of_their_own(probed: TestSite) -> None:
    """C6: of 200 heavy pages 30 a minute are drawn, ±1."""
    client = await probed.client_of((await somebody(probed)).id)
    drawn = await burst(client, "GET", "/probe/heavy")
    assert abs(drawn[200] - 30) <= 1
    assert (await client.get("/probe/")).status_code == 200


@pytest.mark.fault
async def test_a_new_cookie_is_no_new_visitor(probed: TestSite) -> None:
    """C6: without a session the address counts, whatever cookies and forwarded addresses are made up."""
    name = probed.app.state.site.cookie("session")
    answers: Counter[int] = Counter()
    for number in range(650):
        made_up = [("cookie", f"{name}=made-up-{number}"), ("x-forwarded-for", f"9.9.{number // 250}.{number % 250}")]
        answers[(await ask(probed.app, "POST", "/probe/refuse", [*OURS, *made_up])).status] += 1
    assert abs(answers[422] - 600) <= 1
    assert (await ask(probed.app, "POST", "/probe/refuse", OURS, peer="10.4.5.6")).status == 422


async def test_requests_of_another_site_use_up_nothing(probed: TestSite) -> None:
    """C6: a page elsewhere can't make a browser spend what its person may do here."""
    client = await probed.client_of((await somebody(probed)).id)
    for _ in range(100):
        refused = await client.post("/probe/refuse", headers={"sec-fetch-site": "cross-site"})
        assert refused.status_code == 403
    assert (await client.post("/probe/refuse")).status_code == 422


async def healthy(site: TestSite) -> None:
    """The site answers, and a change goes through."""
    async with asyncio.timeout(10):
        client = site.client()
        assert (await client.get("/readyz")).json()["status"] == "ok"
        assert (await client.post("/probe/keep", data={"words": "after all"})).status_code == 303
        async with unit_of_work():
            assert await Person.filter(name="after all").delete()


@pytest.mark.fault
async def test_browsers_that_leave_streams(probed: TestSite, record_property: Record) -> None:
    """A2: 1,200 browsers leave a stream: nobody listens any more, nothing hangs, changes go through."""
    times = size(120, 1200)
    record_property("disconnects", times)
    async with asyncio.timeout(BOUND):
        for _ in range(times // 40):
            await asyncio.gather(*(ask(probed.app, "GET", "/probe/live", stays=False) for _ in range(40)))
    assert probed.app.state.site.tail.listeners == 0
    await healthy(probed)


@pytest.mark.fault
async def test_streams_that_are_cut_off_at_any_moment(probed: TestSite, record_property: Record) -> None:
    """A2: the server cancels a stream while it begins, waits or sends; events flow all the while."""
    times = size(120, 1200)
    record_property("disconnects", times)
    client = probed.client()
    async with asyncio.timeout(BOUND):
        for number in range(times // 40):
            streams = [asyncio.ensure_future(ask(probed.app, "GET", "/probe/live")) for _ in range(40)]
            await asyncio.sleep(0.001 * (number % 7))
            assert (await client.post("/probe/keep", data={"words": f"event {number}"})).status_code == 303
            for stream in streams:
                stream.cancel()
            await asyncio.gather(*streams, return_exceptions=True)
    assert probed.app.state.site.tail.listeners == 0
    await Person.all().delete()
    await healthy(probed)


@pytest.mark.fault
async def test_changes_that_are_cut_off_leave_nothing(probed: TestSite, record_property: Record) -> None:
    """A2: requests cancelled, or out of time, in the middle of a unit of work: no row, no transaction left open."""
    times = size(120, 1200)
    record_property("disconnects", times)
    async with asyncio.timeout(BOUND):
        for number in range(times // 8):
            changes = [asyncio.ensure_future(ask(probed.app, "POST", "/probe/wait")) for _ in range(8)]
            await asyncio.wait(changes, timeout=0.004 * (number % 9))
            for change in changes:
                change.cancel()
            await asyncio.gather(*changes, return_exceptions=True)
    assert await Person.filter(name="never").count() == 0
    await healthy(probed)


async def listening_to(site: TestSite, count: int) -> None:
    """Returns when so many listen."""
    async with asyncio.timeout(10):
        while site.app.state.site.tail.listeners < count:  # noqa: ASYNC110 - nobody announces a listener
            await asyncio.sleep(0.005)


async def test_a_stream_ends_when_the_site_stops(probed: TestSite) -> None:
    """A stream that nobody leaves does not hold up a restart."""
    streams = [asyncio.ensure_future(ask(probed.app, "GET", "/probe/live")) for _ in range(5)]
    await listening_to(probed, 5)
    probed.app.state.site.stopping.set()
    async with asyncio.timeout(10):
        answers = await asyncio.gather(*streams)
    assert [answer.body for answer in answers] == [b"retry: 3000\n\n"] * 5


@pytest.mark.parametrize("signed_in", [True, False], ids=["one session", "one address"])
async def test_who_opens_one_stream_too_many_loses_her_first(probed: TestSite, signed_in: bool) -> None:
    """A2: one visitor, or one anonymous address, can't hold all places; others keep theirs."""
    headers = [*OURS]
    if signed_in:
        browser = await probed.client_of((await somebody(probed)).id)
        headers.append(("cookie", "; ".join(f"{name}={value}" for name, value in browser.cookies.items())))
    most = MOST_OF_A_SESSION if signed_in else MOST_OF_AN_ADDRESS
    other = asyncio.ensure_future(ask(probed.app, "GET", "/probe/live", peer="10.9.9.9"))
    await listening_to(probed, 1)
    streams = []
    for count in range(1, most + 1):
        streams.append(asyncio.ensure_future(ask(probed.app, "GET", "/probe/live", headers)))
        await listening_to(probed, 1 + count)
    streams.append(asyncio.ensure_future(ask(probed.app, "GET", "/probe/live", headers)))
    async with asyncio.timeout(10):
        pushed_out = await streams[0]
    assert pushed_out.body.endswith(b"retry: 60000\n\n")
    assert [stream.done() for stream in (other, *streams[1:])] == [False] * (most + 1)
    probed.app.state.site.stopping.set()
    await asyncio.gather(other, *streams)
    assert probed.app.state.site.streams._open == {}


async def test_a_stream_tells_what_happens(probed: TestSite) -> None:
    """What is kept is heard, with its id; HEAD is answered and hears nothing."""
    listening = asyncio.ensure_future(ask(probed.app, "GET", "/probe/live", until=b"data: "))
    await listening_to(probed, 1)
    await probed.client().post("/probe/keep", data={"words": "news"})
    person = await Person.get()
    async with asyncio.timeout(10):
        answer = await listening
        head = await ask(probed.app, "HEAD", "/probe/live")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.body.decode().count("data: ") == 1
    assert f'"topic":"probe.kept","id":"{person.id}"' in answer.body.decode()
    assert (head.status, head.body) == (200, b"")
