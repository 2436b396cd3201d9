"""Flow, rights and people for the tests of matters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from lianxin.access.rights import Rights, get_rights, use_rights
from lianxin.config import Config
from lianxin.data.keys import Keys
from lianxin.data.vault import Vault, use_vault
from lianxin.events import use_listeners
from lianxin.matters.flow import all_flows, use_flows
from tests.core.matters.scene import FLOW, PERMISSIONS, Scene, make_scene


@pytest.fixture
async def scene(database: Config, now: datetime) -> AsyncIterator[Scene]:
    """The county of these tests."""
    use_vault(Vault(Keys({"a": bytes(range(32))}, "a", bytes(range(32, 64)))))
    rights, flows = get_rights(), all_flows()
    use_rights(Rights((), PERMISSIONS))
    use_flows([FLOW])
    yield await make_scene(now)
    use_rights(rights)
    use_flows(flows)
    use_listeners([])
