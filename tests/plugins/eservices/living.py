"""One application for each way through the flow, as in the demo but few: enough to count, quick to make."""

from __future__ import annotations

import random

from lianxin.api import unit_of_work
from lianxin.testing.site import TestSite
from lianxin_eservices.actions.counting import count_all
from lianxin_eservices.demo import filling
from lianxin_eservices.demo.cast import find_cast
from lianxin_eservices.demo.stories import STORIES
from lianxin_eservices.queries.items import list_published


async def lived(county: TestSite) -> None:
    """Everybody of the cast here lives one story, and the figures are kept."""
    now, chance = county.clock(), random.Random(7)
    cast = await find_cast(now)
    items = [item for item in await list_published() if item.online]
    for person, story in zip(cast.here, STORIES, strict=False):
        item = filling._item_for(person, story, items, chance)
        async with unit_of_work():
            await filling._live(person, item, story, cast, chance, now)
    await count_all(now)
