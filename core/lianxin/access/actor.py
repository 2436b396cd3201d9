"""Who acts: a person with what was granted to her, nobody in particular, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from lianxin.access.rights import get_rights


@dataclass(frozen=True, slots=True)
class GrantHeld:
    """A grant that counts now. `area_path` None: everywhere. `organisation_id` None: whatever the organisation.

    `only` None: all that the role holds; else these permissions of it, as a token has them.
    """

    role: str
    area_id: UUID | None = None
    area_path: str | None = None
    organisation_id: UUID | None = None
    only: frozenset[str] | None = None

    def holds(self, permission: str) -> bool:
        """Whether the role holds it, and what was handed on of it."""
        return (self.only is None or permission in self.only) and get_rights().holds(self.role, permission)

    def covers(self, area_path: str | None, organisation_id: UUID | None) -> bool:
        """Whether a thing of this place and organisation is within the grant. Nothing given asks about no thing.

        With a place given, organisation None means a thing that belongs to none: a grant for one does not cover it.
        """
        if area_path is None:
            return organisation_id is None or self.organisation_id in (None, organisation_id)
        here = self.area_path is None or area_path.startswith(self.area_path)
        return here and self.organisation_id in (None, organisation_id)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something. Grants count only when the session was opened by a staff method.

    `token_id`: a machine in her name, which may what its token says and nothing that is hers as a resident.
    """

    person_id: UUID | None = None
    name: str = ""
    session_id: UUID | None = None
    staff: bool = False
    grants: tuple[GrantHeld, ...] = ()
    home_area_id: UUID | None = None
    on_behalf_of_id: UUID | None = None
    system: bool = False
    address: str = ""
    request_id: str = ""
    identity: str = ""
    language: str = ""
    elder: str = ""
    theme: str = ""
    merged_ids: tuple[UUID, ...] = ()
    token_id: UUID | None = None
    desk: bool = False

    @property
    def resident(self) -> bool:
        """Whether what is hers as a resident counts here."""
        return self.person_id is not None and self.token_id is None and not self.desk

    def at_the_desk(self) -> Actor:
        """The same colleague without what is hers as a resident."""
        return replace(self, desk=True)

    @property
    def person_ids(self) -> tuple[UUID, ...]:
        """Her row and those that were merged into it: what belongs to any of them is hers. Nobody has none."""
        return () if self.person_id is None else (self.person_id, *self.merged_ids)

    def may(self, permission: str, *, area_path: str | None = None, organisation_id: UUID | None = None) -> bool:
        """Whether one grant of hers holds the permission there, or every resident does. Without a place: anywhere."""
        if self.system:
            return True
        if self.resident and get_rights().holds("resident", permission):
            return True
        return any(grant.covers(area_path, organisation_id) for grant in self.grants_with(permission))

    def grants_with(self, permission: str) -> tuple[GrantHeld, ...]:
        """The grants that count and whose role holds the permission."""
        counting = self.grants if self.staff and self.person_id is not None else ()
        return tuple(grant for grant in counting if grant.holds(permission))

    @property
    def role(self) -> str:
        """The first role held, for the trail."""
        if self.system:
            return "system"
        if self.person_id is None:
            return ""
        return self.grants[0].role if self.staff and self.grants else "resident"

    @property
    def roles(self) -> frozenset[str]:
        """All roles held by grants that count."""
        return frozenset(grant.role for grant in self.grants) if self.staff else frozenset()

    def acting_for(self, person_id: UUID) -> Actor:
        """The same, on behalf of somebody: history shows both names. For herself it is nobody else."""
        return replace(self, on_behalf_of_id=None if person_id == self.person_id else person_id)


ANYBODY = Actor()
"""A visitor without a session."""

SYSTEM_ACTOR = Actor(system=True)
"""A job."""
