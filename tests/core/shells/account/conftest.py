"""A whole site, in a demonstration so that what was sent can be read; one small plugin has matters."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from lianxin.access.actor import Actor
from lianxin.config import Config
from lianxin.data.unit import unit_of_work
from lianxin.directory.areas import find_area
from lianxin.matters.info import MatterInfo
from lianxin.matters.opening import open_matter
from lianxin.operate.demo.fill import demo_resident, fill_kernel
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import assemble
from lianxin.testing.filled import open_filled_site
from lianxin.testing.site import TestSite

Opening = Callable[..., Awaitable[MatterInfo]]


@pytest.fixture
async def site(site_config: Config, request: pytest.FixtureRequest) -> AsyncIterator[TestSite]:
    """The application on an empty database, or in the whole county where `county` is asked for."""
    config = replace(site_config, plugins=("small",), demo=True)
    packages = {"small": "tests.core.shells.account.small"}
    assembly = assemble(config, built_in_rooms(config), strict=True, packages=packages)
    fill = _fill if "county" in request.fixturenames else _leave_empty
    async with open_filled_site(config, f"account{fill.__name__}", fill, assembly=assembly) as opened:
        yield opened


@pytest.fixture
async def county(site: TestSite) -> TestSite:
    """The same with the county, its staff and its people."""
    return site


async def _fill(site: TestSite) -> None:
    await fill_kernel(site.clock())


async def _leave_empty(site: TestSite) -> None:
    pass


@pytest.fixture
def resident(county: TestSite) -> UUID:
    """Somebody who lives there."""
    return demo_resident().id


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
