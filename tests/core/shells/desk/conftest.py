"""A county with its staff, and one flow to handle."""

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
from lianxin.operate.demo.fill import demo_people, fill_kernel
from lianxin.operate.demo.people import demo_id
from lianxin.operate.demo.staff import COMMUNITY
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import assemble
from lianxin.testing.filled import open_filled_site
from lianxin.testing.site import TestSite
from tests.core.shells.desk.small.plugin import CLOCK

STATION = demo_id("staff", "station")
STATION_2 = demo_id("staff", "station2")
OFFICER = demo_id("staff", "civil")
SUPERVISOR = demo_id("staff", "supervisor")

Opening = Callable[..., Awaitable[MatterInfo]]


@pytest.fixture
async def site(site_config: Config) -> AsyncIterator[TestSite]:
    config = replace(site_config, plugins=("small",))
    packages = {"small": "tests.core.shells.desk.small"}
    assembly = assemble(config, built_in_rooms(config), strict=True, packages=packages)
    async with open_filled_site(config, "desk", _fill, assembly=assembly) as opened:
        yield opened


async def _fill(site: TestSite) -> None:
    await fill_kernel(site.clock())


@pytest.fixture
def resident(site: TestSite) -> UUID:
    """Somebody of the station's own place, whose card the desk has seen."""
    return next(p.id for p in demo_people() if p.area == COMMUNITY and p.seen and p.number and p.phone)


@pytest.fixture
def opening(site: TestSite, resident: UUID) -> Opening:
    """Opens a request of the resident's, in her place or another."""
    numbers = itertools.count(1)

    async def make(title: str = "", *, area: str = COMMUNITY, applicant: UUID | None = None) -> MatterInfo:
        place = await find_area(area)
        assert place is not None
        async with unit_of_work():
            matter, _ = await open_matter(
                "small.request",
                title=title or f"请求{next(numbers)}",
                area_id=place.id,
                applicant_id=applicant or resident,
                by=Actor(person_id=applicant or resident),
                now=site.clock(),
                clocks=(CLOCK,),
            )
        return matter

    return make
