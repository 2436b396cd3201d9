"""A whole site, in a demonstration so that what was sent can be read; one small plugin has matters."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from lianxin.access.actor import Actor
from lianxin.config import Config
from lianxin.data.keys import make_keys
from lianxin.data.unit import unit_of_work
from lianxin.directory.areas import find_area
from lianxin.matters.info import MatterInfo
from lianxin.matters.opening import open_matter
from lianxin.operate.demo.fill import demo_resident, fill_kernel
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import assemble
from lianxin.testing.site import TestSite, open_test_site

Opening = Callable[..., Awaitable[MatterInfo]]


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    """The application on an empty database."""
    config = replace(site_config, plugins=("small",), demo=True)
    if not config.keys_file.exists():
        make_keys(config.keys_file)
    packages = {"small": "tests.core.shells.account.small"}
    assembly = assemble(config, built_in_rooms(config), strict=True, packages=packages)
    async with open_test_site(config, assembly=assembly) as opened:
        yield opened


@pytest.fixture
async def county(site: TestSite) -> TestSite:
    """The same with the county, its staff and its people."""
    await fill_kernel(site.clock())
    return site


@pytest.fixture
def resident(county: TestSite) -> UUID:
    """Somebody who lives there."""
    return demo_resident(county.clock()).id


@pytest.fixture
def opening(county: TestSite, resident: UUID) -> Opening:
    """Opens a request of hers, or of somebody else."""
    numbers = itertools.count(1)

    async def make(title: str = "", *, applicant: UUID | None = None) -> MatterInfo:
        place = await find_area(COMMUNITY)
        assert place is not None
        async with unit_of_work():
            matter, _ = await open_matter(
                "small.request",
                title=title or f"请求{next(numbers)}",
                area_id=place.id,
                applicant_id=applicant or resident,
                by=Actor(person_id=applicant or resident),
                now=county.clock(),
            )
        return matter

    return make
