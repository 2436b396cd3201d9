"""A whole site, in a demonstration so that what was sent can be read."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.testing.site import TestSite, open_test_site


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    """The application on an empty database."""
    if not site_config.keys_file.exists():
        make_keys(site_config.keys_file)
    async with open_test_site(site_config, demo=True) as opened:
        yield opened
