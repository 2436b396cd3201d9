"""The tables that a new site gets, and what its database refuses."""

from __future__ import annotations

import pytest

from lianxin.data.migrate import unmade

pytestmark = pytest.mark.anyio


async def test_the_committed_migrations_say_what_the_models_say() -> None:
    assert await unmade() == []
