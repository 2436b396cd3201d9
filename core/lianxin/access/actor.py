"""Who acts: a person with what was granted to her, nobody in particular, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from lianxin.access.rights import get_rights


@dataclass(frozen=True, slots=True)
class GrantHeld:
    """A grant that counts now. `area_path` None: everywhere. `organisation_id` None: whatever the organisation."""

    role: str
    area_id: UUID | None = None
    area_path: str | None = None
    organisation_id: UUID | None = None

    def covers(self, area_path: str | None, organisation_id: UUID | None) -> bool:
        """Whether a thing of this place and organisation is within the grant. None asks about no place."""
        here = self.area_path is None or area_path is None or area_path.startswith(self.area_path)
        ours = self.organisation_id is None or organisation_id is None or organisation_id == self.organisation_id
        return here and ours


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something. Grants are empty unless the session was opened by a staff method."""

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

    def may(self, permission: str, *, area_path: str | None = None, organisation_id: UUID | None = None) -> bool:
        """Whether one role of hers holds the permission there. Without a place: whether anywhere at all."""
        if self.system:
            return True
        rights = get_rights()
        if self.person_id is not None and rights.holds("resident", permission):
            return True
        return any(
            rights.holds(grant.role, permission) and grant.covers(area_path, organisation_id) for grant in self.grants
        )

    @property
    def role(self) -> str:
        """The first role held, for the trail."""
        if self.system:
            return "system"
        return self.grants[0].role if self.grants else "resident" if self.person_id else ""

    @property
    def roles(self) -> frozenset[str]:
        """All roles held."""
        return frozenset(grant.role for grant in self.grants)

    def acting_for(self, person_id: UUID) -> Actor:
        """The same, on behalf of somebody: history shows both names."""
        return replace(self, on_behalf_of_id=person_id)


ANYBODY = Actor()
"""A visitor without a session."""

SYSTEM_ACTOR = Actor(system=True)
"""A job."""
