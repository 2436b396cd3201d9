"""Which role holds which permission: put together once at start from what was declared."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.declarations import Permission, Role
from lianxin.i18n import N_

ROLES: tuple[Role, ...] = (
    Role("resident", N_("Resident"), staff=False),
    Role("grid_worker", N_("Grid worker")),
    Role("station_staff", N_("Station staff")),
    Role("department_officer", N_("Department officer")),
    Role("township_officer", N_("Township officer")),
    Role("supervisor", N_("Supervisor")),
    Role("catalogue_editor", N_("Catalogue editor")),
    Role("system_admin", N_("System administrator")),
    Role("security_admin", N_("Security administrator")),
    Role("auditor", N_("Auditor")),
)
"""The kernel's roles. The three administrators are kept apart (GB/T 22239: system, security, audit)."""


class Rights:
    """Roles and permissions of one plugin set. Doubles and unknown names are the business of plugging's checks."""

    def __init__(self, roles: Iterable[Role], permissions: Iterable[Permission]) -> None:
        self.roles = {role.name: role for role in (*ROLES, *roles)}
        self.permissions = {permission.name: permission for permission in permissions}
        self._held = {(role, each.name) for each in self.permissions.values() for role in each.roles}

    def holds(self, role: str, permission: str) -> bool:
        """Whether the role holds the permission; an unknown one is held by nobody."""
        return (role, permission) in self._held

    def permissions_of(self, role: str) -> frozenset[str]:
        """All permissions that a role holds."""
        return frozenset(permission for holder, permission in self._held if holder == role)

    def roles_with(self, permission: str) -> frozenset[str]:
        """All roles that hold a permission."""
        return frozenset(role for role, held in self._held if held == permission)


_rights = Rights((), ())


def use_rights(rights: Rights) -> None:
    """Makes these the rights of the process."""
    global _rights
    _rights = rights


def get_rights() -> Rights:
    """The rights of the process."""
    return _rights
