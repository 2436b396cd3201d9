"""A county with staff, services and cases, and the plugin on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import pytest

from lianxin.api import PersonRow
from lianxin.testing.database import Template, make_template
from lianxin.testing.filled import fill_kernel_demo, open_filled_site
from lianxin.testing.site import TestSite

TABLES = (("eservices", "lianxin_eservices.models"), ("exchange", "lianxin_exchange.models"))


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The kernel's tables and the plugins'."""
    with make_template(tmp_path_factory.mktemp("template"), TABLES, "exchange") as template:
        yield template


@pytest.fixture
async def site(site_config: Any, anyio_backend: str) -> AsyncIterator[TestSite]:
    """The demo's places, people and staff; no cases."""
    async with open_filled_site(site_config, "exchange", fill_kernel_demo, plugins=("eservices", "exchange")) as opened:
        yield opened


@pytest.fixture
async def clerk(site: TestSite) -> UUID:
    """Works at Puziling's station."""
    return (await PersonRow.get(name=await name_of(site, "station_staff"))).id


async def name_of(site: TestSite, role: str) -> str:
    """The first colleague of a role, by name."""
    from lianxin.api import list_grants

    grants = await list_grants(site.clock(), role=role)
    return str((await PersonRow.get(id=grants[-1].person_id)).name)
