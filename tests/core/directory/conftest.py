from datetime import date
from uuid import UUID

import pytest

from lianxin.config import Config
from lianxin.directory.area_changes import add_area


@pytest.fixture
async def village(database: Config) -> UUID:
    """A place to live in."""
    area = await add_area(
        "510821107001",
        name_zh="普子岭社区",
        name_en="Puziling Community",
        kind="community",
        parent_id=None,
        valid_from=date(2023, 6, 30),
    )
    return area.id


@pytest.fixture
async def other_village(database: Config) -> UUID:
    """Another one."""
    area = await add_area(
        "510821107002",
        name_zh="远景村",
        name_en="Yuanjing Village",
        kind="village",
        parent_id=None,
        valid_from=date(2023, 6, 30),
    )
    return area.id
