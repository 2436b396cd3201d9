"""What conftest promises, shown."""

from uuid import uuid4

import pytest

from lianxin.config import Config
from lianxin.data.connection import connection
from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, use_vault


@pytest.fixture
def keys() -> Keys:
    """Keys of its own."""
    return Keys({"a": bytes(range(32))}, "a", bytes(range(32, 64)))


@pytest.fixture
def vault(keys: Keys) -> Vault:
    """A vault, made the one of the process."""
    made = Vault(keys)
    use_vault(made)
    return made


@pytest.fixture
async def box(database: Config) -> str:
    """The name of a small table (name, number) that tests may write to."""
    name = f"box_{uuid4().hex[:8]}"
    await connection().execute_script(f"CREATE TABLE {name} (name VARCHAR(40) PRIMARY KEY, number INT NOT NULL)")
    return name
