"""What a person may see: the one condition with which every query of matters begins."""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.expressions import Q

from lianxin.access.actor import Actor, GrantHeld
from lianxin.access.rights import get_rights
from lianxin.declarations import Flow
from lianxin.directory.areas import path_range

RESTRICTED = "matters.restricted.read"
"""The permission to see matters of the class "restricted"."""

_NOTHING = Q(id__isnull=True)


def visible_matters(actor: Actor, flows: Iterable[Flow]) -> Q:
    """The condition on `Matter`: it is hers, or one grant covers its flow, its area and its organisation at once.

    Hers is what she applied for or made for somebody else as a resident. Nobody is nobody's: without a person, nothing.
    """
    if actor.system:
        return Q()
    if actor.person_id is None:
        return _NOTHING
    condition = Q(applicant_id=actor.person_id) | Q(made_by_id=actor.person_id)
    known = tuple(flows)
    for grant in actor.grants:
        names = [flow.name for flow in known if get_rights().holds(grant.role, flow.read)]
        if names:
            condition |= _within(grant, names)
    return condition


def _within(grant: GrantHeld, flows: list[str]) -> Q:
    condition = Q(flow__in=flows)
    if grant.area_path is not None:
        low, high = path_range(grant.area_path)
        condition &= Q(area__path__gte=low) & Q(area__path__lt=high)
    if grant.organisation_id is not None:
        condition &= Q(organisation_id=grant.organisation_id)
    if not get_rights().holds(grant.role, RESTRICTED):
        condition &= Q(confidentiality="normal")
    return condition
