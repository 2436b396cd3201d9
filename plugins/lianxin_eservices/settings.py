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
    paper_months: int = setting(
        12, help=N_("Months for which a paper is kept for somebody’s next application, where she agrees.")
    )
    popular: str = setting(
        "resident-pension-enrol, ssc-apply, longevity-allowance, resident-medical-enrol, temporary-aid-apply",
        help=N_("Services shown on the first page: the last part of their address, with commas between."),
    )
    correction_sentences: str = setting(
        "{材料}：还没有交；{材料}：看不清，请重新拍照；{材料}：请带原件到窗口核对；请补填本人手机号",
        help=N_(
            "Sentences to tick when something is missing, with semicolons between. {材料} stands for each paper of the "
            "case."
        ),
    )
    four_eyes: bool = setting(
        False, help=N_("Whoever changed a service may not publish it: somebody else looks at it first.")
    )
