"""Permissions: few, each with the roles that hold it from the start."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Permission

READ: Final = "eservices.case.read"
CLAIM: Final = "eservices.case.claim"
HANDLE: Final = "eservices.case.handle"
DECIDE: Final = "eservices.case.decide"
DELIVER: Final = "eservices.case.deliver"
CORRECT_AGAIN: Final = "eservices.case.correct_again"

_OFFICERS: Final = ("department_officer", "township_officer")

PERMISSIONS: Final = (
    Permission(READ, N_("See applications"), ("station_staff", *_OFFICERS, "supervisor")),
    Permission(CLAIM, N_("Take applications in hand"), ("station_staff", *_OFFICERS)),
    Permission(HANDLE, N_("Enter, check and accept applications"), ("station_staff",)),
    Permission(DECIDE, N_("Decide applications"), _OFFICERS),
    Permission(DELIVER, N_("Deliver results and follow up"), ("station_staff", *_OFFICERS)),
    Permission(CORRECT_AGAIN, N_("Ask an applicant for a second correction"), ("supervisor",)),
)
