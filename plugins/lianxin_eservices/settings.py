"""What an administrator may choose for e-services."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import N_, setting


@dataclass(frozen=True, slots=True)
class EservicesSettings:
    """Times of the plugin. The law sets the first; a county may promise a shorter one."""

    acceptance_days: int = setting(
        5, help=N_("Working days in which an application is checked; past them it counts as accepted.")
    )
    draft_days: int = setting(30, help=N_("Days for which an application that was begun is kept."))
    popular: str = setting(
        "resident-pension-enrol, ssc-apply, longevity-allowance, resident-medical-enrol, temporary-aid-apply",
        help=N_("Services shown on the first page: the last part of their address, with commas between."),
    )
    four_eyes: bool = setting(
        False, help=N_("Whoever changed a service may not publish it: somebody else looks at it first.")
    )
