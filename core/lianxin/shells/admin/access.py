"""What may be allowed in the administration. The three administrators are kept apart."""

from __future__ import annotations

from lianxin.api import N_, Permission

OVERVIEW = "admin.overview.read"
GRANT = "admin.people.grant"
AREAS = "admin.areas.change"
CALENDAR = "admin.calendar.change"
PLUGINS = "admin.plugins.read"
SETTINGS = "admin.settings.change"
JOBS = "admin.jobs.read"
RETRY = "admin.jobs.retry"
MESSAGES = "admin.messages.read"
AUDIT = "admin.audit.read"

_SYSTEM = ("system_admin",)

PERMISSIONS = (
    Permission(
        OVERVIEW, N_("Enter the administration"), ("system_admin", "security_admin", "auditor", "catalogue_editor")
    ),
    Permission(GRANT, N_("Staff accounts and grants"), ("security_admin",)),
    Permission(AREAS, N_("Telephone and hours of places"), _SYSTEM),
    Permission(CALENDAR, N_("Working days"), _SYSTEM),
    Permission(PLUGINS, N_("See which plugins are on"), _SYSTEM),
    Permission(SETTINGS, N_("Settings"), _SYSTEM),
    Permission(JOBS, N_("See background jobs"), _SYSTEM),
    Permission(RETRY, N_("Try failed jobs again"), _SYSTEM),
    Permission(MESSAGES, N_("See what was sent"), _SYSTEM),
    Permission(AUDIT, N_("Read the audit trail"), ("auditor",)),
)
