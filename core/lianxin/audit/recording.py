"""Writing down a deed: one INSERT, in the transaction of the deed when there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lianxin.audit.models import AuditEntry
from lianxin.data.unit import unit_of_work


class Doer(Protocol):
    """What the trail wants to know of who acts. An `Actor` has all of it."""

    @property
    def person_id(self) -> UUID | None:
        """The person; None for a job of the system."""

    @property
    def on_behalf_of_id(self) -> UUID | None:
        """Whom she acts for, if for somebody else."""

    @property
    def role(self) -> str:
        """The role in which she acts, or ""."""

    @property
    def address(self) -> str:
        """Where the request came from, or ""."""

    @property
    def request_id(self) -> str:
        """The request, or ""."""


async def record(
    action: str,
    *,
    by: Doer | None,
    object_kind: str = "",
    object_id: UUID | None = None,
    area_id: UUID | None = None,
    result: str = "done",
    detail: Mapping[str, object] | None = None,
    now: datetime,
) -> UUID:
    """Keeps that `by` (None: the system) did `action` (`<room or plugin>.<verb>`). Answers the entry's id.

    `detail` holds plain values: names of fields, ids, counts. A sealed value in it raises TypeError.
    """
    row = AuditEntry(
        at=now,
        actor_id=by.person_id if by else None,
        on_behalf_of_id=by.on_behalf_of_id if by else None,
        role=by.role if by else "",
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        area_id=area_id,
        result=result,
        address=by.address if by else "",
        request_id=by.request_id if by else "",
        detail=None if detail is None else json.loads(json.dumps(detail, default=_plain)),
    )
    async with unit_of_work():
        await row.save(force_create=True)
    return row.id


def _plain(value: object) -> str:
    if isinstance(value, UUID | datetime):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong into the trail: name the field, not its value")
