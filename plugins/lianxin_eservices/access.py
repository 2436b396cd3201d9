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
INVESTIGATE: Final = "eservices.case.investigate"
EXTEND: Final = "eservices.case.extend"
OBJECTIONS: Final = "eservices.case.objections"
PAPERS: Final = "eservices.case.papers"
WRONG_PERSON: Final = "eservices.case.wrong_person"

WITNESS: Final = "eservices.authorisation.witness"

FIGURES: Final = "eservices.figures.read"
SUPERVISE: Final = "eservices.case.supervise"

CATALOGUE: Final = "eservices.catalogue.edit"
PUBLISH: Final = "eservices.catalogue.publish"

_OFFICERS: Final = ("department_officer", "township_officer")
INVESTIGATORS: Final = ("station_staff", *_OFFICERS)
"""Roles whose people look into a case on the spot."""

PERMISSIONS: Final = (
    Permission(READ, N_("See applications"), ("station_staff", *_OFFICERS, "supervisor")),
    Permission(CLAIM, N_("Take applications in hand"), ("station_staff", *_OFFICERS)),
    Permission(HANDLE, N_("Enter, check and accept applications"), ("station_staff",)),
    Permission(WITNESS, N_("Write down who may act for whom"), ("station_staff", "grid_worker")),
    Permission(DECIDE, N_("Decide applications"), _OFFICERS),
    Permission(DELIVER, N_("Deliver results and follow up"), ("station_staff", *_OFFICERS)),
    Permission(INVESTIGATE, N_("Look into applications on the spot and sign the findings"), INVESTIGATORS),
    Permission(EXTEND, N_("Grant more time for a decision"), ("supervisor",)),
    Permission(OBJECTIONS, N_("Write down objections of callers"), INVESTIGATORS),
    Permission(PAPERS, N_("Confirm papers that followed"), INVESTIGATORS),
    Permission(WRONG_PERSON, N_("Move an application that was entered for the wrong person"), INVESTIGATORS),
    Permission(FIGURES, N_("See the figures of one’s offices"), (*_OFFICERS, "supervisor")),
    Permission(SUPERVISE, N_("See what is overdue or about to be"), ("supervisor",)),
    Permission(CATALOGUE, N_("Change services in a draft and try them"), ("catalogue_editor",)),
    Permission(PUBLISH, N_("Publish and withdraw services"), ("catalogue_editor",)),
    Permission(CORRECT_AGAIN, N_("Ask an applicant for a second correction"), ("supervisor",)),
)
