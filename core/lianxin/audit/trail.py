"""The trail as an auditor reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianxin.audit.models import AuditEntry
from lianxin.audit.paging import latest_page
from lianxin.data.paging import Page
from lianxin.directory.models import Person


@dataclass(frozen=True, slots=True)
class DeedShown:
    """One entry. `actor` is empty for a job of the system or a person unknown."""

    id: UUID
    at: datetime
    actor_id: UUID | None
    actor: str
    on_behalf_of_id: UUID | None
    on_behalf_of: str
    role: str
    action: str
    object_kind: str
    object_id: UUID | None
    area_id: UUID | None
    result: str
    address: str
    request_id: str
    detail: dict[str, object]


async def list_deeds(
    *,
    actor_id: UUID | None = None,
    object_id: UUID | None = None,
    action: str = "",
    after: str = "",
    size: int = 50,
) -> Page[DeedShown]:
    """Entries by who, on what, or by the beginning of the action ("access."), the latest first, in two queries.

    `after` is the `next_key` of the page before. The caller has checked that who asks may read the trail.
    """
    query = AuditEntry.all()
    if actor_id is not None:
        query = query.filter(actor_id=actor_id)
    if object_id is not None:
        query = query.filter(object_id=object_id)
    if action:
        query = query.filter(action__startswith=action)
    rows, next_key = await latest_page(query, after, size)
    people = {each for row in rows for each in (row.actor_id, row.on_behalf_of_id) if each}
    names = {row.id: row.name for row in await Person.filter(id__in=people)} if people else {}
    return Page([_shown(row, names) for row in rows], next_key)


def _shown(row: AuditEntry, names: dict[UUID, str]) -> DeedShown:
    return DeedShown(
        id=row.id,
        at=row.at,
        actor_id=row.actor_id,
        actor=names.get(row.actor_id, "") if row.actor_id else "",
        on_behalf_of_id=row.on_behalf_of_id,
        on_behalf_of=names.get(row.on_behalf_of_id, "") if row.on_behalf_of_id else "",
        role=row.role,
        action=row.action,
        object_kind=row.object_kind,
        object_id=row.object_id,
        area_id=row.area_id,
        result=row.result,
        address=row.address,
        request_id=row.request_id,
        detail=row.detail or {},
    )
