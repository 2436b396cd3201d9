"""The vault that the demo seals its people with."""

import pytest

from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, use_vault


@pytest.fixture(autouse=True)
def vault() -> Vault:
    """A vault with keys of its own."""
    made = Vault(Keys({"a": bytes(range(32))}, "a", bytes(range(32, 64))))
    use_vault(made)
    return made
