"""A county with its people and staff, and the plugin's catalogue: a whole site."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from lianxin.testing.database import Template, make_template
from lianxin.testing.filled import fill_kernel_demo, open_filled_site
from lianxin.testing.site import TestSite
from lianxin_eservices.actions.publishing import load_catalogue

TABLES = (("eservices", "lianxin_eservices.models"),)


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The kernel's tables and the plugin's."""
    with make_template(tmp_path_factory.mktemp("template"), TABLES, "eservices") as template:
        yield template


@pytest.fixture
async def site(site_config: Any, request: pytest.FixtureRequest, anyio_backend: str) -> AsyncIterator[TestSite]:
    """The site of the plugin with the catalogue; without people, unless `county` is asked for as well."""
    fill = _fill_county if "county" in request.fixturenames else _fill_catalogue
    async with open_filled_site(site_config, f"eservices{fill.__name__}", fill, plugins=("eservices",)) as opened:
        yield opened


@pytest.fixture
async def county(site: TestSite) -> TestSite:
    """The same with the demo's places, people and staff."""
    return site


async def _fill_catalogue(site: TestSite) -> None:
    await load_catalogue(now=site.clock())


async def _fill_county(site: TestSite) -> None:
    await fill_kernel_demo(site)
    await load_catalogue(now=site.clock())
