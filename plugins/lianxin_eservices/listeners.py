"""What the plugin listens to."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Advancing, Before, Listener, Refused
from lianxin_eservices.actions.wrong_person import wait_for_the_answer
from lianxin_eservices.models import Case

FLOW: Final = "eservices.case"


async def _not_by_its_proxy(asked: Advancing) -> None:
    """Whoever applied for somebody does not handle that application at the desk."""
    change = asked.change
    if change.matter.flow_name != FLOW or change.by.person_id is None or not isinstance(change.transition.access, str):
        return
    case = await Case.filter(matter_id=change.matter.id).select_related("authorisation").first()
    acted = case.authorisation if case else None
    if acted is not None and acted.proxy_id in change.by.person_ids:
        text = N_("You applied for this person yourself. A colleague has to handle it.")
        raise Refused("eservices.own_client", text, status=403)


LISTENERS: Final[tuple[Listener, ...]] = (
    Before(Advancing, _not_by_its_proxy),
    Before(Advancing, wait_for_the_answer),
)
