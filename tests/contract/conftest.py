"""The county of the contract, made once for each module that asks for it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import anyio.to_thread
import pytest

from lianxin.testing.database import Template, make_template
from lianxin.testing.filled import open_filled_site
from tests.contract.scene import PLUGINS, TABLES, Scene, fill_scene, set_scene


@pytest.fixture(scope="session")
def county_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The tables of the kernel and of the plugins that come with it."""
    with make_template(tmp_path_factory.mktemp("county"), TABLES, name="county") as template:
        yield template


@pytest.fixture(scope="module")
async def scene(
    county_template: Template, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[Scene]:
    """A real site, no demonstration, with five applications of which it is known who may see them."""
    name = f"lianxin_scene_{os.getpid()}"
    folder = tmp_path_factory.mktemp("scene")
    config = await anyio.to_thread.run_sync(county_template.config, folder, name)
    with suppress(FileExistsError):
        config.uploads.mkdir()
    async with open_filled_site(config, "scene", fill_scene, plugins=PLUGINS) as site:
        yield await set_scene(site)
    await anyio.to_thread.run_sync(county_template.drop, name)
