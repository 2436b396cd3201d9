"""The demo's applications: every built state, some overdue, the same each time."""

from __future__ import annotations

from collections import Counter

import pytest

from lianxin.api import MatterRow
from lianxin.testing.site import TestSite
from lianxin_eservices.demo import fill_demo
from lianxin_eservices.flow import STATES

pytestmark = pytest.mark.anyio
NOT_IN_THE_DEMO: set[str] = set()


async def test_the_demo_has_hundreds_of_applications_in_every_state(county: TestSite):
    await fill_demo(county.clock())
    rows = await MatterRow.filter(flow="eservices.case")
    states = Counter(row.state for row in rows)
    assert len(rows) >= 200
    assert set(states) == {state.name for state in STATES} - NOT_IN_THE_DEMO
    overdue = [row for row in rows if row.closed_at is None and row.due_at and row.due_at < county.clock()]
    assert 3 <= len(overdue) <= len(rows) // 4
    assert len({row.area_id for row in rows}) > 40
    assert all(row.created_at <= county.clock() for row in rows)
