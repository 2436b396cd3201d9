"""Giving and ending grants: by security administrators alone, and never to oneself.

Access stands beside the trail and does not know it: whoever calls these records them (`access.grant`, `access.end`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tortoise.expressions import Q

from lianxin.access.actor import Actor
from lianxin.access.models import Grant
from lianxin.access.rights import get_rights
from lianxin.data.unit import unit_of_work
from lianxin.declarations import Refused
from lianxin.i18n import N_

SECURITY_ADMIN: Final = "security_admin"


@dataclass(frozen=True, slots=True)
class GrantShown:
    """One grant as a list shows it. `counts` says whether it counts now; None: everywhere, any, without end."""

    id: UUID
    person_id: UUID
    role: str
    area_id: UUID | None
    organisation_id: UUID | None
    valid_from: datetime
    valid_until: datetime | None
    given_by_id: UUID | None
    counts: bool


async def give_grant(
    person_id: UUID,
    role: str,
    *,
    area_id: UUID | None = None,
    organisation_id: UUID | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    by: Actor,
    now: datetime,
) -> UUID:
    """A grant, from now or later, for good or until. Sessions feel it at their next request.

    Raises Refused: 403 when `by` is no security administrator or means herself, 422 for a role or a span that is not.
    """
    _check_may(by, person_id)
    declared = get_rights().roles.get(role)
    if declared is None or not declared.staff:
        raise Refused("access.no_role", N_("There is no such role to grant."), status=422, field="role")
    begin = valid_from or now
    if valid_until is not None and valid_until <= begin:
        raise Refused("access.grant_span", N_("The end must lie after the beginning."), status=422, field="valid_until")
    row = Grant(
        person_id=person_id,
        role=role,
        area_id=area_id,
        organisation_id=organisation_id,
        valid_from=begin,
        valid_until=valid_until,
        given_by_id=by.person_id,
        created_at=now,
    )
    async with unit_of_work():
        await row.save(force_create=True)
    return row.id


async def end_grant(grant_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Ends a grant now, or before it began. False: it had ended. Raises Refused (403, 404)."""
    async with unit_of_work():
        row = await Grant.filter(id=grant_id).select_for_update().first()
        if row is None:
            raise Refused("access.no_grant", N_("This grant is not there."), status=404)
        _check_may(by, row.person_id)
        living = Grant.filter(Q(valid_until=None) | Q(valid_until__gt=now), id=grant_id)
        return await living.update(valid_until=max(now, row.valid_from)) != 0


def _check_may(by: Actor, person_id: UUID) -> None:
    if not by.system and SECURITY_ADMIN not in by.roles:
        raise Refused("access.may_not_grant", N_("Only a security administrator gives and ends grants."), status=403)
    if person_id in by.person_ids:
        raise Refused("access.own_grant", N_("Nobody changes her own grants. Ask another administrator."), status=403)


async def list_grants(
    now: datetime, *, person_id: UUID | None = None, role: str | None = None, ended: bool = False
) -> list[GrantShown]:
    """Grants of a person or of a role, the latest given first; those that ended only when asked for."""
    chosen = Grant.all()
    if person_id is not None:
        chosen = chosen.filter(person_id=person_id)
    if role is not None:
        chosen = chosen.filter(role=role)
    if not ended:
        chosen = chosen.filter(Q(valid_until=None) | Q(valid_until__gt=now))
    return [_shown(row, now) for row in await chosen.order_by("-created_at", "-id")]


def _shown(row: Grant, now: datetime) -> GrantShown:
    return GrantShown(
        id=row.id,
        person_id=row.person_id,
        role=row.role,
        area_id=row.area_id,
        organisation_id=row.organisation_id,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        given_by_id=row.given_by_id,
        counts=row.valid_from <= now and (row.valid_until is None or row.valid_until > now),
    )
