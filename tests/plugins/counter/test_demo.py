"""The demonstration: who sits at the counters, at whatever hour it is made."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lianxin.testing.site import TestSite
from lianxin_counter.actions.ending import end_day
from lianxin_counter.demo import ZONE, fill_demo
from lianxin_counter.models import Counter

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (2, 30), (10, 0), (23, 40)])
async def test_both_clerks_still_sit_after_the_end_of_the_day_before(site: TestSite, hour: int, minute: int):
    now = site.clock().astimezone(ZONE).replace(hour=hour, minute=minute)
    await fill_demo(now)
    before: datetime = now.replace(hour=23, minute=50) - timedelta(days=1)
    await end_day(before)
    assert await Counter.filter(clerk_id__not_isnull=True).count() == 2
