"""A filled site for one module, its database open in this process as well."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import anyio.to_thread
import pytest

from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.keys import load_keys
from lianxin.data.vault import Vault, use_vault
from lianxin.testing.database import Template, make_template
from tests.contract.scene import TABLES, Scene
from tests.faults.real_site import make_site


@dataclass
class RealSite:
    """Where it is, and what is in it."""

    config: Config
    scene: Scene


@pytest.fixture(scope="module")
def processes_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The tables of the kernel and of the plugin that comes with it."""
    with make_template(tmp_path_factory.mktemp("processes"), TABLES, name="processes") as template:
        yield template


@pytest.fixture(scope="module")
async def real(
    processes_template: Template, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[RealSite]:
    """A site for processes of its own."""
    name = f"lianxin_real_{os.getpid()}"
    config = await anyio.to_thread.run_sync(processes_template.config, tmp_path_factory.mktemp("real"), name)
    scene = await make_site(config)
    use_vault(Vault(load_keys(config.keys_file)))
    async with open_database(config, TABLES, everywhere=True):
        yield RealSite(config, scene)
    await anyio.to_thread.run_sync(processes_template.drop, name)
