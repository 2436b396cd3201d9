"""People, places and a vault for the tests of access; counters of queries and of password hashes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from lianxin.access.rights import Rights, get_rights, use_rights
from lianxin.data.keys import load_keys, make_keys
from lianxin.data.unit import unit_of_work
from lianxin.data.vault import Vault, use_vault
from lianxin.declarations import Permission
from lianxin.directory.models import Area, Person

READ = "eservices.case.read"
ACCEPT = "eservices.case.accept"


@pytest.fixture(autouse=True)
def vault(tmp_path: Path) -> Vault:
    """A vault with keys of its own."""
    make_keys(tmp_path / "access-keys.toml")
    vault = Vault(load_keys(tmp_path / "access-keys.toml"))
    use_vault(vault)
    return vault


@pytest.fixture(autouse=True)
def rights() -> Iterator[Rights]:
    """What the roles of the tests hold."""
    before = get_rights()
    rights = Rights(
        (),
        (
            Permission(READ, "read", ("station_staff", "department_officer", "supervisor")),
            Permission(ACCEPT, "accept", ("station_staff",)),
            Permission("matters.restricted.read", "restricted", ("supervisor",)),
            Permission("account.page", "account", ("resident",)),
        ),
    )
    use_rights(rights)
    yield rights
    use_rights(before)


async def make_person(now: datetime, name: str = "王小梅", **more: Any) -> Person:
    """A person's row."""
    async with unit_of_work():
        return await Person.create(name=name, created_at=now, **more)


async def make_area(code: str, path: str, parent: UUID | None = None) -> Area:
    """A place's row."""
    async with unit_of_work():
        return await Area.create(
            code=code,
            name_zh=code,
            name_en=code,
            kind="township",
            path=path,
            parent_id=parent,
            valid_from=date(2020, 1, 1),
        )


@dataclass(eq=False)
class Queries(logging.Handler):
    """The statements that reached the database."""

    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        """Each statement is logged once by the database client; BEGIN and COMMIT are not."""
        self.statements.append(record.getMessage())


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements of the block, as they come."""
    logger = logging.getLogger("tortoise.db_client")
    handler = Queries()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler.statements
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
