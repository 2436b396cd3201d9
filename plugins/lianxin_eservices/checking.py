"""What `lianxin check` asks about life events: whether this site's catalogue has the services that they name."""

from __future__ import annotations

from typing import Any, Final

from lianxin.api import N_, Check, Verdict
from lianxin_eservices.models import Item
from lianxin_eservices.queries.items import LIFE_EVENTS


async def _parts_known(_config: Any) -> Verdict:
    known = {row.code for row in await Item.all().only("code")}
    named = [(event.code, part.item) for event in LIFE_EVENTS.values() for part in event.parts]
    unknown = [f"{event} {item}" for event, item in named if item not in known]
    if not known or not unknown:
        return Verdict("ok", N_("All services that life events name are in the catalogue."))
    return Verdict(
        "error",
        N_("Life events name services that are not in the catalogue: %(parts)s.", parts=", ".join(unknown)),
        N_("Publish them under Services, or take them out of life_events.yaml; until then they are not shown."),
    )


LIFE_CHECKS: Final = (Check("life_events", N_("Parts of life events"), _parts_known),)
