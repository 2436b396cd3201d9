"""What applicants are told, and when. The sentences say what happens next."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind
from lianxin_eservices.messages_household import HOUSEHOLD_MESSAGES
from lianxin_eservices.messages_reminders import REMINDERS
from lianxin_eservices.messages_states import STATE_MESSAGES
from lianxin_eservices.messages_wrong_person import WRONG_PERSON_MESSAGES

RECEIVED: Final = MessageKind(
    "eservices.received",
    N_("We have your application"),
    N_("%(item)s, code %(code)s. We check it by %(due)s; you need not do anything now."),
)
RECEIVED_TOGETHER: Final = MessageKind(
    "eservices.received_together",
    N_("We have your applications"),
    N_(
        "%(count)s at once: %(parts)s. We check them by %(due)s; you need not do anything now. Each goes its own way, "
        "and we tell you of each."
    ),
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
MAY_ACT_FOR_YOU: Final = MessageKind(
    "eservices.may_act_for_you",
    N_("Somebody may act for you"),
    N_(
        "%(name)s may now apply for you, until %(until)s. If you do not want that, take it back on this page, or call "
        "us."
    ),
)
YOU_MAY_ACT: Final = MessageKind(
    "eservices.you_may_act",
    N_("You may act for somebody"),
    N_("You may now apply for %(name)s, until %(until)s."),
    channels=(),
)
ACTS_NO_MORE: Final = MessageKind(
    "eservices.acts_no_more",
    N_("You have taken it back"),
    N_("%(name)s can no longer see or do anything for you. What was sent goes on as your own."),
)
YOU_ACT_NO_MORE: Final = MessageKind(
    "eservices.you_act_no_more",
    N_("You no longer act for somebody"),
    N_("%(name)s sees to it herself or himself from now on. Thank you for helping."),
    channels=(),
)
CALL_ASKED: Final = MessageKind(
    "eservices.call_asked",
    N_("We call you back"),
    N_("%(item)s: somebody of the community calls you by %(due)s. Code %(code)s."),
    channels=(),
)
CALLED_BACK: Final = MessageKind(
    "eservices.called_back",
    N_("We called you"),
    N_("%(item)s, code %(code)s: we talked on the phone. If anything is open, press “Call me” again."),
    channels=(),
)
NOT_REACHED: Final = MessageKind(
    "eservices.not_reached",
    N_("We could not reach you"),
    N_("%(item)s, code %(code)s: we called and nobody answered. We try again; or call us."),
)

MESSAGES: Final = (
    *HOUSEHOLD_MESSAGES,
    *STATE_MESSAGES,
    *REMINDERS,
    *WRONG_PERSON_MESSAGES,
    RECEIVED,
    RECEIVED_TOGETHER,
    CORRECT_THESE,
    ACCEPTED,
    DEEMED_ACCEPTED,
    DEEMED_ACCEPTED_DESK,
    REFUSED,
    DECIDED,
    DELIVERED,
    PLEASE_RATE,
    WITHDRAWN,
    MAY_ACT_FOR_YOU,
    YOU_MAY_ACT,
    ACTS_NO_MORE,
    YOU_ACT_NO_MORE,
    CALL_ASKED,
    CALLED_BACK,
    NOT_REACHED,
)
