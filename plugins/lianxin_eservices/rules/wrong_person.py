"""Whether a case that was entered for the wrong person may be moved to the right one, or what is to be done instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from lianxin.api import N_

INSTEAD: Final = N_("Enter a new application for the right person, and have this one withdrawn.")
TAKEN_BACK: Final = N_(
    "Enter a new application for the right person. The office that decided this one has to take its decision back."
)
REASONS: Final = {
    "decided": N_("It is decided already, so it can't be moved."),
    "household": N_("A whole household agreed to this application, so it can't be moved."),
    "proxy": N_("Somebody who may act for the person sent this application, so it can't be moved."),
    "together": N_("Several applications were sent at once, so one of them can't be moved."),
    "not_at_desk": N_(
        "This application was sent by the person or the family, not entered at the desk: it can't be moved."
    ),
    "looked_into": N_("It was looked into, posted or extended already, so it can't be moved."),
    "acted": N_("The person it stands under has sent or asked something about it, so it can't be moved."),
    "elsewhere": N_("The right person lives in another place, so it can't be moved."),
}
"""Why a case can't be moved. What to do is said with each: `INSTEAD`, of a decided one `TAKEN_BACK`."""
REISSUED: Final = ("acceptance", "deemed", "correction")
"""Written notices that are issued once more in the right name; a case with any other has gone too far."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a case. `acted`: whom it stands under has herself done something with it.

    `elsewhere`: the right person lives in another place than the one that the case belongs to.
    """

    whom: str
    decided: bool
    household: bool
    together: bool
    looked_into: bool
    acted: bool
    elsewhere: bool
    notices: Collection[str] = ()


def why_not(case: Standing) -> str:
    """Empty: it may be moved. Else the reason, one of `REASONS`."""
    if case.decided:
        return "decided"
    if case.household:
        return "household"
    if case.whom == "proxy":
        return "proxy"
    if case.together:
        return "together"
    if case.whom != "desk":
        return "not_at_desk"
    if case.looked_into or any(name not in REISSUED for name in case.notices):
        return "looked_into"
    if case.acted:
        return "acted"
    if case.elsewhere:
        return "elsewhere"
    return ""
