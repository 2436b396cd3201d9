"""What the plugin puts into places of other pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lianxin.api import Visit
from lianxin_counter.models import Made
from lianxin_counter.queries.slips import held_by
from lianxin_counter.rules.numbers import show_number


@dataclass(frozen=True, slots=True)
class OfMatter:
    """`number`: at which number the matter was made. `serving`: whom this colleague serves now; both may be empty."""

    number: str
    serving: str


async def fill_matter(visit: Visit, page: Any) -> OfMatter | None:
    """For a matter's page at the desk."""
    made = await Made.filter(matter_id=page.it.matter.id).select_related("slip").first()
    held = await held_by(visit.actor.person_id)
    number = show_number(made.slip.kind, made.slip.number) if made else ""
    serving = show_number(held.kind, held.number) if held else ""
    return OfMatter(number, serving) if number or serving else None
