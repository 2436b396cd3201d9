"""A vault and a folder for uploads."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from lianxin.config import Config
from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, use_vault
from lianxin.files import use_uploads


@pytest.fixture
def uploads(database: Config) -> Path:
    """Where this test's files lie."""
    use_vault(Vault(Keys({"a": secrets.token_bytes(32)}, "a", secrets.token_bytes(32))))
    use_uploads(database.uploads)
    return database.uploads
