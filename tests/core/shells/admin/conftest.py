"""A county with its staff."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.operate.demo.fill import fill_kernel
from lianxin.operate.demo.people import demo_id
from lianxin.testing.site import TestSite, open_test_site

SYSTEM = demo_id("staff", "system")
SECURITY = demo_id("staff", "security")
AUDITOR = demo_id("staff", "auditor")
STATION = demo_id("staff", "station")


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    if not site_config.keys_file.exists():
        make_keys(site_config.keys_file)
    async with open_test_site(site_config, plugins=()) as opened:
        await fill_kernel(opened.clock())
        yield opened
