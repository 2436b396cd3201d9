"""A county with the plugin: two clerks of Puziling, two counters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from lianxin.api import Actor, AreaInfo, GrantHeld, find_area, list_grants
from lianxin.testing.database import Template, make_template
from lianxin.testing.filled import fill_kernel_demo, open_filled_site
from lianxin.testing.site import TestSite
from lianxin_counter.actions import seating
from lianxin_counter.models import Counter

STATION = "510821107001"
TABLES = (("counter", "lianxin_counter.models"), ("eservices", "lianxin_eservices.models"))


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The kernel's tables and the plugin's."""
    with make_template(tmp_path_factory.mktemp("template"), TABLES, "counter") as template:
        yield template


@pytest.fixture
async def site(site_config: Any, anyio_backend: str) -> AsyncIterator[TestSite]:
    """The site with the demo's places, people and staff, and the flows of applications."""
    async with open_filled_site(site_config, "counter", fill_kernel_demo, plugins=("counter", "eservices")) as opened:
        yield opened


@dataclass(frozen=True)
class Station:
    """Two clerks at two counters, and the day."""

    site: TestSite
    area: AreaInfo
    clerks: tuple[Actor, Actor]
    counters: tuple[Counter, Counter]
    day: date


@pytest.fixture
async def station(site: TestSite) -> Station:
    """Puziling."""
    area = await find_area(STATION)
    assert area
    grants = (GrantHeld("station_staff", area.id, area.path),)
    now = site.clock()
    held = await list_grants(now, role="station_staff")
    one, two = (Actor(person_id=each.person_id, staff=True, grants=grants) for each in held)
    counters = [await seating.add_counter(area.id, by=one, now=now) for _ in range(2)]
    for counter, clerk in zip(counters, (one, two), strict=True):
        await seating.sit_down(counter.id, by=clerk, now=now)
    return Station(site, area, (one, two), (counters[0], counters[1]), now.date())
