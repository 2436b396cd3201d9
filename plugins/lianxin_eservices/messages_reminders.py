"""What is told before somebody's time is over."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind

STILL_WAITING: Final = MessageKind(
    "eservices.still_waiting",
    N_("We still wait for something from you"),
    N_("%(item)s, code %(code)s: we asked you on %(since)s. Nothing is lost. Send it or bring it; if unsure, call us."),
)
ENDING_DESK: Final = MessageKind(
    "eservices.ending_desk",
    N_("Your matters that are about to be overdue"),
    N_("%(count)s in your hands end by %(due)s, the first of them: %(codes)s."),
    channels=(),
)
DIGEST_DESK: Final = MessageKind(
    "eservices.digest_desk",
    N_("Today at a glance"),
    N_("Overdue: %(late)s. Ending by %(due)s: %(near)s, of which nobody has taken %(free)s."),
    channels=(),
)

REMINDERS: Final = (STILL_WAITING, ENDING_DESK, DIGEST_DESK)
