"""Who may use what: the word every route and transition must say, and the permissions and roles behind it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Access(enum.Enum):
    """Rules of access that need no permission. Any other rule is the name of a permission, a string."""

    PUBLIC = "public"
    """Anybody, signed in or not."""
    SIGNED_IN = "signed_in"
    """Any person with a session, whatever the method."""
    APPLICANT = "applicant"
    """The person the matter is for, or who made it on her behalf. For transitions only."""
    SYSTEM = "system"
    """A job of the system, never a person. For transitions only."""


PUBLIC = Access.PUBLIC
SIGNED_IN = Access.SIGNED_IN
APPLICANT = Access.APPLICANT
SYSTEM = Access.SYSTEM


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of permissions that administrators grant: person x role x area x organisation x from/until."""

    name: str
    title: object
    staff: bool = True


@dataclass(frozen=True, slots=True)
class Permission:
    """`plugin.thing.verb`, and the roles that hold it from the start. Few per plugin."""

    name: str
    title: object
    roles: tuple[str, ...] = ()
