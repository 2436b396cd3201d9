"""A site with the probe on it, open for one test; `filled` has the county of the demonstration in it."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import anyio.to_thread
import pytest

from lianxin.config import Config
from lianxin.directory.models import Person
from lianxin.operate.demo.fill import fill_kernel
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import Assembly, assemble
from lianxin.testing.database import Template, make_template
from lianxin.testing.filled import open_filled_site
from lianxin.testing.site import TestSite
from lianxin_eservices.actions.publishing import load_catalogue

_numbers = itertools.count(1)
PACKAGES = {"probe": "tests.core.web.probe", "eservices": "lianxin_eservices"}
TABLES = (("eservices", "lianxin_eservices.models"),)


def probe_assembly(config: Config, plugins: tuple[str, ...] = ("probe",)) -> Assembly:
    """The whole kernel and these plugins."""
    return assemble(replace(config, plugins=plugins), built_in_rooms(config), strict=True, packages=PACKAGES)


@pytest.fixture
async def probed(site_config: Config, request: pytest.FixtureRequest, anyio_backend: str) -> AsyncIterator[TestSite]:
    """A site with the probe on it: without a row, unless `filled` is asked for as well."""
    fill = _fill_kernel if "filled" in request.fixturenames else _leave_empty
    more = {"assembly": probe_assembly(site_config), "plugins": ("probe",)}
    async with open_filled_site(site_config, f"probe{fill.__name__}", fill, **more) as site:
        yield site


@pytest.fixture
async def filled(probed: TestSite) -> TestSite:
    """The same with areas, people and staff."""
    return probed


async def _leave_empty(site: TestSite) -> None:
    pass


async def _fill_kernel(site: TestSite) -> None:
    await fill_kernel(site.clock())


async def _fill_whole(site: TestSite) -> None:
    await fill_kernel(site.clock())
    await load_catalogue(now=site.clock())


@pytest.fixture(scope="session")
def whole_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The tables of the kernel and of the plugin that comes with it."""
    with make_template(tmp_path_factory.mktemp("whole"), TABLES, name="whole") as template:
        yield template


@pytest.fixture
async def whole(whole_template: Template, tmp_path: Path, anyio_backend: str) -> AsyncIterator[TestSite]:
    """Everything that is delivered, and the probe: every route there is. People, areas and the catalogue are there."""
    name = f"lianxin_whole_{os.getpid()}_{next(_numbers)}"
    config = await anyio.to_thread.run_sync(whole_template.config, tmp_path, name)
    plugins = ("eservices", "probe")
    more = {"assembly": probe_assembly(config, plugins), "plugins": plugins}
    async with open_filled_site(config, "whole", _fill_whole, **more) as site:
        yield site
    await anyio.to_thread.run_sync(whole_template.drop, name)


async def somebody(site: TestSite) -> Person:
    """A resident."""
    return await Person.create(name="周秀华", created_at=site.clock())
