"""Permissions: few, each with the roles that hold it from the start."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Permission

MAKE: Final = "exchange.token.make"
OVERSEE: Final = "exchange.token.oversee"

HOOKS: Final = "exchange.hook.manage"

_OFFICES: Final = ("station_staff", "department_officer", "township_officer", "supervisor", "catalogue_editor")

PERMISSIONS: Final = (
    Permission(MAKE, N_("Make tokens for programs"), _OFFICES),
    Permission(OVERSEE, N_("See and end the tokens of all colleagues"), ("security_admin",)),
    Permission(HOOKS, N_("Say which systems are told of matters"), ("system_admin",)),
)
