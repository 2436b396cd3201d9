"""What the kernel writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (
    Deed("access.sign_in", N_("Signed in")),
    Deed("access.sign_out", N_("Signed out")),
    Deed("access.end_session", N_("Signed one browser out")),
    Deed("access.end_sessions", N_("Signed all other browsers out")),
    Deed("access.slip", N_("Printed a sign-in slip")),
    Deed("access.password", N_("Changed the password")),
    Deed("access.second_factor", N_("Set up the app for signing in")),
    Deed("access.account_made", N_("Made a staff account")),
    Deed("access.account_closed", N_("Closed a staff account")),
    Deed("access.password_reset", N_("Gave a new password")),
    Deed("access.second_factor_reset", N_("Removed the app for signing in")),
    Deed("access.staff_made", N_("Made a staff account on the server")),
    Deed("access.staff_reset", N_("Reset a staff account on the server")),
    Deed("access.grant", N_("Gave a role")),
    Deed("access.granted", N_("Gave a role on the server")),
    Deed("access.end", N_("Ended a role")),
    Deed("audit.verified", N_("Verified the audit trail")),
    Deed("calendar.day_set", N_("Changed a day of the calendar")),
    Deed("calendar.year_entered", N_("Entered a year of the calendar")),
    Deed("desk.people_merged", N_("Joined two entries of one person")),
    Deed("desk.people_parted", N_("Took two entries apart")),
    Deed("directory.area_changed", N_("Changed a place")),
    Deed("directory.claim_identity", N_("Stated a name or ID number")),
    Deed("directory.withdraw_consent", N_("Took a consent back")),
    Deed("jobs.retried", N_("Tried a failed job again")),
    Deed("messages.choose", N_("Chose how to be told")),
    Deed("settings.changed", N_("Changed a setting")),
    Deed("settings.cleared", N_("Put a setting back to its default")),
)
OBJECTS: Final = {
    "person": N_("a person"),
    "area": N_("a place"),
    "audit": N_("the audit trail"),
    "calendar": N_("the calendar"),
    "job": N_("a job"),
    "matter": N_("a matter"),
    "setting": N_("a setting"),
    "grant": N_("a role given"),
}
RESULTS: Final = {"done": N_("done"), "refused": N_("refused"), "broken": N_("broken")}
