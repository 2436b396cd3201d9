"""One tap per role on a demo site, and none of it on a real one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.operate.demo.fill import fill_kernel
from lianxin.testing.site import TestSite, open_test_site

pytestmark = pytest.mark.anyio


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    """A demonstration that nobody has filled yet."""
    if not site_config.keys_file.exists():
        make_keys(site_config.keys_file)
    async with open_test_site(site_config, demo=True) as opened:
        yield opened


async def test_an_empty_demonstration_says_so(site: TestSite) -> None:
    shown = await site.client(language="en").get("/demo/")
    assert shown.status_code == 200
    assert "Nobody is here yet." in shown.text
    assert (await site.client().post("/demo/be/station")).status_code == 404


async def test_one_tap_makes_one_staff(site: TestSite) -> None:
    await fill_kernel(site.clock())
    client = site.client(language="en")
    shown = (await client.get("/demo/")).text
    assert shown.count("Sign in as") == 14
    done = await client.submit("/demo/be/station", page="/demo/")
    assert done.headers["location"] == "/desk/"
    assert ">Desk<" in (await client.get("/")).text
    other = await client.submit("/demo/be/security", page="/demo/")
    assert other.headers["location"] == "/admin/"


async def test_the_resident_is_no_staff(site: TestSite) -> None:
    await fill_kernel(site.clock())
    client = site.client(language="en")
    done = await client.submit("/demo/be/resident", page="/demo/")
    assert done.headers["location"] == "/account/"
    assert ">Desk<" not in (await client.get("/account/")).text


async def test_the_outbox_shows_what_would_have_been_sent(site: TestSite) -> None:
    client = site.client(language="en")
    assert "Nothing yet." in (await client.get("/demo/outbox")).text
    await client.submit("/sign-in", {"phone": "154 0830 0001"}, page="/sign-in")
    assert "is your code for signing in" in (await client.get("/demo/outbox")).text


async def test_a_real_site_has_none_of_it(site_config: Config) -> None:
    if not site_config.keys_file.exists():
        make_keys(site_config.keys_file)
    async with open_test_site(site_config) as real:
        await fill_kernel(real.clock())
        client = real.client()
        assert (await client.get("/demo/")).status_code == 404
        assert (await client.get("/demo/outbox")).status_code == 404
        assert (await client.post("/demo/be/system")).status_code == 404
        assert "/demo/" not in (await client.get("/sign-in")).text
