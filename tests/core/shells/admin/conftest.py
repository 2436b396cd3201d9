"""A county with its staff."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from lianxin.config import Config
from lianxin.operate.demo.fill import fill_kernel
from lianxin.operate.demo.people import demo_id
from lianxin.testing.filled import open_filled_site
from lianxin.testing.site import TestSite

SYSTEM = demo_id("staff", "system")
SECURITY = demo_id("staff", "security")
AUDITOR = demo_id("staff", "auditor")
STATION = demo_id("staff", "station")


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    async with open_filled_site(site_config, "admin", lambda made: fill_kernel(made.clock()), plugins=()) as opened:
        yield opened
