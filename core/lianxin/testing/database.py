"""A fresh database for every test, on the engine that `LIANXIN_TEST_ENGINE` names (sqlite or postgresql).

The schema, guards and all, is made from the models once a process and copied: a file on SQLite, a template on
PostgreSQL.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lianxin.config import Config
from lianxin.data.migrate import make_from_models
from lianxin.testing.copies import WorkingCopy
from lianxin.testing.postgresql import ServerFound, create_database, drop_database, find_server

ENGINE = os.environ.get("LIANXIN_TEST_ENGINE", "sqlite")


@dataclass(frozen=True, slots=True)
class Template:
    """A database with the schema and no rows. `address` is empty on SQLite."""

    file: Path
    server: ServerFound | None
    name: str
    copy: WorkingCopy | None = None

    def config(self, folder: Path, name: str = "") -> Config:
        """An empty database with the template's tables for one test, and the configuration that points to it.

        With a `name` it is one of its own, beside that of the test; `drop` removes it.
        """
        if self.server is not None and name:
            asyncio.run(create_database(self.server, name, template=self.name))
            return Config(folder=folder, database=self.server.url_of(name))
        if self.copy is not None:
            return Config(folder=folder, database=asyncio.run(self.copy.fresh()))
        config = Config(folder=folder)
        shutil.copyfile(self.file, config.sqlite_file)
        return config

    def bare_config(self, folder: Path, name: str) -> Config:
        """A database with nothing in it."""
        if self.server is None:
            return Config(folder=folder)
        return Config(folder=folder, database=asyncio.run(create_database(self.server, name)))

    def drop(self, name: str) -> None:
        """Removes a copy; on SQLite its folder is the caller's."""
        if self.server is not None:
            asyncio.run(drop_database(self.server, name))


@contextmanager
def make_template(
    folder: Path, plugins: tuple[tuple[str, str], ...] = (), name: str = "template"
) -> Iterator[Template]:
    """A template of this process, for as long as the block runs; a second one beside it has another name."""
    name = f"lianxin_{name}_{os.getpid()}"
    if ENGINE == "sqlite":
        config = Config(folder=folder)
        asyncio.run(make_tables(config, plugins))
        yield Template(config.sqlite_file, None, name)
        return
    with find_server() as server:
        if server is None:
            raise RuntimeError("LIANXIN_TEST_ENGINE=postgresql, and no PostgreSQL is to be had on this machine")
        url = asyncio.run(create_database(server, name))
        try:
            asyncio.run(make_tables(Config(folder=folder, database=url), plugins))
            copy = WorkingCopy(server, name)
            yield Template(folder, server, name, copy)
            asyncio.run(copy.drop())
        finally:
            asyncio.run(drop_database(server, name))


async def make_tables(config: Config, plugins: tuple[tuple[str, str], ...]) -> None:
    """Straight from the models, so that a suite can run before a migration is written; a test says when one is due."""
    await make_from_models(config, plugins)
