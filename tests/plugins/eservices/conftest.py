"""A county with its people and staff, and the plugin's catalogue: a whole site."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from lianxin.testing import plugin as testing
from lianxin.testing.database import Template, make_template
from lianxin.testing.site import TestSite, open_test_site
from lianxin_eservices.actions.publishing import load_catalogue

TABLES = (("eservices", "lianxin_eservices.models"),)


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The kernel's tables and the plugin's."""
    with make_template(tmp_path_factory.mktemp("template"), TABLES) as template:
        yield template


@pytest.fixture
async def site(site_config: Any, anyio_backend: str) -> AsyncIterator[TestSite]:
    """The site of the plugin with the catalogue, without people."""
    if not site_config.keys_file.exists():
        testing.make_keys(site_config.keys_file)  # type: ignore[attr-defined]
    async with open_test_site(site_config, plugins=("eservices",)) as opened:
        await load_catalogue(now=opened.clock())
        yield opened


@pytest.fixture
async def county(site: TestSite) -> TestSite:
    """The same with the demo's places, people and staff."""
    kernel = min(site.app.state.site.assembly.items("demo"), key=lambda each: each.weight)
    await kernel.fill(site.clock())
    await load_catalogue(now=site.clock())
    return site
