"""Who may make which transition."""

from __future__ import annotations

from lianxin.access.actor import Actor
from lianxin.declarations import APPLICANT, SYSTEM, Refused, Transition
from lianxin.i18n import N_
from lianxin.matters.info import MatterInfo


def check_transition(matter: MatterInfo, transition: Transition, by: Actor) -> None:
    """Raises Refused: 403 for what she may not do, 409 for what can't be done in this state or is another's."""
    check_state(matter, transition)
    if transition.access is SYSTEM:
        if not by.system:
            raise _not_allowed()
    elif transition.access is APPLICANT:
        if not (by.system or is_hers(matter, by)):
            raise _not_allowed()
    else:
        check_handling(matter, str(transition.access), by, any_hand=transition.any_hand)


def check_state(matter: MatterInfo, transition: Transition) -> None:
    """The transition must begin in the state at hand."""
    if matter.state_name not in transition.source:
        text = N_("This has moved on: it is now “%(state)s”. Look at the page again.")
        raise Refused("matters.moved", text, state=str(matter.state.title))


def check_handling(matter: MatterInfo, permission: str, by: Actor, *, any_hand: bool = False) -> None:
    """A permission that covers the place and the organisation; never for one's own application; one owner at a time."""
    if by.system:
        return
    if not by.may(permission, area_path=matter.area_path, organisation_id=matter.organisation_id):
        raise _not_allowed()
    if matter.applicant_id in by.person_ids:
        text = N_("This is your own application. A colleague has to handle it.")
        raise Refused("matters.own", text, status=403)
    if matter.owner_id is not None and matter.owner_id != by.person_id and not any_hand:
        raise Refused("matters.owned", N_("A colleague is handling this. Ask to have it handed over."))


def is_hers(matter: MatterInfo, by: Actor) -> bool:
    """She applied, or entered it for somebody, or the desk speaks for the applicant."""
    if not by.resident:
        return False
    if matter.applicant_id in by.person_ids or matter.made_by_id in by.person_ids:
        return True
    speaks = by.on_behalf_of_id is not None and by.on_behalf_of_id == matter.applicant_id
    return speaks and by.may(matter.flow.claim, area_path=matter.area_path, organisation_id=matter.organisation_id)


def _not_allowed() -> Refused:
    return Refused("matters.forbidden", N_("You may not do this here. Ask whoever handles it."), status=403)
