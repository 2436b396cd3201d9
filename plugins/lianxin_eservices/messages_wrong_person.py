"""What is told when a case was entered for the wrong person. Nobody is told who the other one is."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind

NOT_YOURS: Final = MessageKind(
    "eservices.not_yours",
    N_("An application in your name was our mistake"),
    N_(
        "On %(day)s we entered an application in your name that is not yours. That was our mistake and is put right: "
        "it no longer stands with you. You need not do anything. We are sorry; call us if anything is unclear."
    ),
)
YOURS: Final = MessageKind(
    "eservices.yours",
    N_("Your application stands in your name now"),
    N_(
        "%(item)s, code %(code)s: when you applied at the desk we entered it wrongly. It is put right and goes on as "
        "if it had been yours from the first day. You need not do anything."
    ),
)
STAYS_DESK: Final = MessageKind(
    "eservices.stays_desk",
    N_("The application stays with the person"),
    N_("%(item)s, code %(code)s: a colleague looked at it and says that it was entered for the right person."),
    channels=(),
)

WRONG_PERSON_MESSAGES: Final = (NOT_YOURS, YOURS, STAYS_DESK)
