"""What applicants are told, and when. The sentences say what happens next."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind

RECEIVED: Final = MessageKind(
    "eservices.received",
    N_("We have your application"),
    N_("%(item)s, code %(code)s. We check it by %(due)s; you need not do anything now."),
)
CORRECT_THESE: Final = MessageKind(
    "eservices.correct_these",
    N_("Something is missing"),
    N_("%(item)s, code %(code)s: look at the list and send us what is missing, or bring it to the desk."),
)
ACCEPTED: Final = MessageKind(
    "eservices.accepted",
    N_("Your application is accepted"),
    N_("%(item)s, code %(code)s. It is decided by %(due)s; you need not do anything now."),
)
DEEMED_ACCEPTED: Final = MessageKind(
    "eservices.deemed_accepted",
    N_("Your application counts as accepted"),
    N_("%(item)s, code %(code)s: the time for checking it is over, so it counts as accepted from the day you sent it."),
)
DEEMED_ACCEPTED_DESK: Final = MessageKind(
    "eservices.deemed_accepted_desk",
    N_("An application was not checked in time"),
    N_("%(item)s, code %(code)s counts as accepted since it was sent."),
    channels=(),
)
REFUSED: Final = MessageKind(
    "eservices.refused",
    N_("We can't accept your application"),
    N_("%(item)s, code %(code)s. The reason stands on the page of your matter; call us if anything is unclear."),
)
DECIDED: Final = MessageKind(
    "eservices.decided",
    N_("Your application is decided"),
    N_("%(item)s, code %(code)s: %(decision)s. We tell you when the result is there."),
)
DELIVERED: Final = MessageKind(
    "eservices.delivered",
    N_("Your result is there"),
    N_("%(item)s, code %(code)s: %(how)s."),
)
PLEASE_RATE: Final = MessageKind(
    "eservices.please_rate",
    N_("How was it?"),
    N_("%(item)s, code %(code)s: tell us whether you are satisfied. It takes one tap."),
)
WITHDRAWN: Final = MessageKind(
    "eservices.withdrawn",
    N_("Your application is withdrawn"),
    N_("%(item)s, code %(code)s. You can apply again at any time."),
)
MORE_TIME: Final = MessageKind(
    "eservices.more_time",
    N_("Your application takes longer"),
    N_("%(item)s, code %(code)s. The reason stands on the page of your matter."),
)

MESSAGES: Final = (
    RECEIVED,
    CORRECT_THESE,
    ACCEPTED,
    DEEMED_ACCEPTED,
    DEEMED_ACCEPTED_DESK,
    REFUSED,
    DECIDED,
    DELIVERED,
    PLEASE_RATE,
    WITHDRAWN,
    MORE_TIME,
)
