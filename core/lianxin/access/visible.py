"""What a person may see: the one condition with which every query of matters begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access.actor import Actor, GrantHeld
from lianxin.declarations import Flow
from lianxin.directory.areas import path_range

RESTRICTED = "matters.restricted.read"
"""The permission to see matters of the class "restricted"."""

_NOTHING = Q(id__isnull=True)


def hers_or_granted(actor: Actor, flows: Iterable[Flow]) -> Q:
    """The condition on `Matter`: it is hers, or one grant covers its flow, its area and its organisation at once.

    Hers is what she applied for or made for somebody else as a resident: `made_by` is empty where staff entered it.
    Rows that were merged into hers count as hers.
    Without a person nothing is visible.
    """
    if actor.system:
        return Q()
    if actor.person_id is None:
        return _NOTHING
    hers = Q(applicant_id__in=actor.person_ids) | Q(made_by_id__in=actor.person_ids)
    seen = [hers] if actor.resident else []
    known = tuple(flows)
    for grant in actor.grants if actor.staff else ():
        names = [flow.name for flow in known if grant.holds(flow.read)]
        if names:
            seen.append(_within(grant, names))
    return Q(*seen, join_type="OR") if seen else _NOTHING


may_see: Callable[[Actor, Iterable[Flow]], Q] = hers_or_granted
"""The rule in force. A test puts "all" here, to see that every scoped route would then fail: the one place to do it."""


def visible_matters(actor: Actor, flows: Iterable[Flow]) -> Q:
    """What every query of matters begins with: the rule in force, as a condition on `Matter`."""
    return may_see(actor, flows)


def covers(actor: Actor, flow: Flow, *, area_path: str, organisation_id: UUID | None, confidentiality: str) -> bool:
    """The same of grants alone, without asking the database: for an event about to go out on a live stream."""
    return actor.system or any(
        grant.covers(area_path, organisation_id) and (confidentiality == "normal" or grant.holds(RESTRICTED))
        for grant in actor.grants_with(flow.read)
    )


def _within(grant: GrantHeld, flows: list[str]) -> Q:
    condition = Q(flow__in=flows)
    if grant.area_path is not None:
        low, high = path_range(grant.area_path)
        condition &= Q(area__path__gte=low) & Q(area__path__lt=high)
    if grant.organisation_id is not None:
        condition &= Q(organisation_id=grant.organisation_id)
    if not grant.holds(RESTRICTED):
        condition &= Q(confidentiality="normal")
    return condition
