"""What those who live together are told, and whoever writes their application."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, MessageKind

ASKED: Final = MessageKind(
    "eservices.household_asked",
    N_("Do you agree that your finances are checked?"),
    N_(
        "%(name)s names you as living with her or him, for %(items)s. Income, savings, property and the like are "
        "checked. Read it, then agree or not; you need not say why."
    ),
)
ALL_AGREED: Final = MessageKind(
    "eservices.household_agreed",
    N_("All in the household have agreed"),
    N_("%(items)s: you can send it now."),
)
NOT_AGREED: Final = MessageKind(
    "eservices.household_refused",
    N_("Somebody in the household does not agree"),
    N_("%(items)s: %(name)s does not agree. It can be sent only when every adult agrees; call us if you need advice."),
)
TAKEN_BACK: Final = MessageKind(
    "eservices.household_taken_back",
    N_("A consent was taken back"),
    N_("%(item)s, code %(code)s: somebody in the household took back the consent to the check."),
    channels=(),
)
GIVEN_ANEW: Final = MessageKind(
    "eservices.household_given_anew",
    N_("A consent was given anew"),
    N_("%(item)s, code %(code)s: somebody in the household agrees again to the check."),
    channels=(),
)
HOUSEHOLD_MESSAGES: Final = (ASKED, ALL_AGREED, NOT_AGREED, TAKEN_BACK, GIVEN_ANEW)
