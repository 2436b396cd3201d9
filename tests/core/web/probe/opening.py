"""A site with the probe on it, open for one test; `filled` has the county of the demonstration in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.directory.models import Person
from lianxin.operate.demo.fill import fill_kernel
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble
from lianxin.testing.site import TestSite, open_test_site

PACKAGES = {"probe": "tests.core.web.probe"}


def probe_assembly(config: Config) -> Assembly:
    """The whole kernel and the probe."""
    return assemble(replace(config, plugins=("probe",)), built_in_rooms(config), strict=True, packages=PACKAGES)


@pytest.fixture
async def probed(site_config: Config, anyio_backend: str) -> AsyncIterator[TestSite]:
    """An empty site."""
    make_keys(site_config.keys_file)
    async with open_test_site(site_config, assembly=probe_assembly(site_config), plugins=("probe",)) as site:
        yield site


@pytest.fixture
async def filled(probed: TestSite) -> TestSite:
    """The site with areas, people and staff."""
    await fill_kernel(probed.clock())
    return probed


async def somebody(site: TestSite) -> Person:
    """A resident."""
    return await Person.create(name="周秀华", created_at=site.clock())
