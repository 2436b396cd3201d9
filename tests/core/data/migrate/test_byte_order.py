"""Text compares by bytes on both engines, so ranges over paths use their index."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from tortoise.context import get_current_context

from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite, open_database
from lianxin.data.migrate import migrate
from lianxin.testing.database import Template
from tests.core.data.migrate.rows import make_row

pytestmark = pytest.mark.anyio
RANGE = "SELECT id FROM area WHERE path >= '/1/500/' AND path < '/1/5000'"


async def test_a_range_of_paths_uses_the_index(database: Config) -> None:
    context = get_current_context()
    assert context is not None
    assert context.apps is not None
    area = context.apps["lianxin"]["Area"]
    for place in range(300):
        await make_row(area, path=f"/1/{place}/")
    await connection().execute_query("ANALYZE area")
    explain = "EXPLAIN QUERY PLAN " if is_sqlite() else "EXPLAIN "
    plan = str([dict(row) for row in await connection().execute_query_dict(explain + RANGE)])
    assert "area_path" in plan


async def test_text_is_ordered_by_bytes_whatever_the_locale_of_the_database(
    database_template: Template, site_config: Config
) -> None:
    if database_template.server is None:
        await _compare(site_config)
        return
    server, name = database_template.server, f"lianxin_locale_{uuid.uuid4().hex[:8]}"
    import asyncpg

    session = await asyncpg.connect(server.url)
    try:
        await session.execute(
            f'CREATE DATABASE "{name}" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE "zh" LOCALE "C.UTF-8"'
        )
        config = Config(folder=site_config.folder, database=server.url_of(name))
        await migrate(config)
        await _compare(config)
    finally:
        await session.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await session.close()


async def _compare(config: Config) -> None:
    async with open_database(config) as context:
        assert context.apps is not None
        area: Any = context.apps["lianxin"]["Area"]
        for path in ("a", "B", "/1/", "/1/2/", "/10/", "安", "\U00020bb7"):
            await make_row(area, path=path)
        assert [row.path for row in await area.all().order_by("path")] == [
            "/1/",
            "/1/2/",
            "/10/",
            "B",
            "a",
            "安",
            "\U00020bb7",
        ]
        assert await area.filter(path__gte="/1/", path__lt="/1/\uffff").count() == 2
