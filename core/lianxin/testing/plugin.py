"""The pytest plugin: `database` gives a test an open, empty database of its own."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lianxin.config import Config
from lianxin.data.connection import open_database
from lianxin.data.keys import make_keys
from lianxin.testing.database import Template, make_template

if TYPE_CHECKING:
    from lianxin.testing.site import TestSite

PLUGINS: tuple[tuple[str, str], ...] = ()
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio is what the program runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The schema, made once a process."""
    with make_template(tmp_path_factory.mktemp("template"), PLUGINS) as template:
        yield template


@pytest.fixture
def site_config(database_template: Template, tmp_path: Path) -> Config:
    """The configuration of a site with an empty database."""
    return database_template.config(tmp_path)


@pytest.fixture
def bare_config(database_template: Template, tmp_path: Path) -> Iterator[Config]:
    """The configuration of a site whose database has no tables yet."""
    name = f"lianxin_bare_{os.getpid()}_{next(_numbers)}"
    folder = tmp_path / "bare"
    folder.mkdir()
    yield database_template.bare_config(folder, name)
    database_template.drop(name)


@pytest.fixture
async def database(site_config: Config, anyio_backend: str) -> AsyncIterator[Config]:
    """An open, empty database for this test."""
    async with open_database(site_config, PLUGINS):
        yield site_config


@pytest.fixture
def now() -> datetime:
    """Tuesday 24 November 2026, 10:00 in the county."""
    return datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
async def site(site_config: Config, anyio_backend: str) -> AsyncIterator[TestSite]:
    """A whole site in the mode of demonstration, without a row yet; `site.client()` is a browser."""
    from lianxin.testing.site import open_test_site  # tests that need no site shall not wait for all of it

    make_keys(site_config.keys_file)
    async with open_test_site(site_config, demo=True) as opened:
        yield opened
