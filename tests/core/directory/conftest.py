"""A vault, and two places to live in."""

from datetime import date
from uuid import UUID

import pytest

from lianxin.config import Config
from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, use_vault
from lianxin.directory.area_changes import add_area


@pytest.fixture(autouse=True)
def vault() -> Vault:
    """A vault with keys of its own."""
    made = Vault(Keys({"a": bytes(range(32))}, "a", bytes(range(32, 64))))
    use_vault(made)
    return made


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
