"""What the plugin writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (
    Deed("exchange.make_token", N_("Made a token for a program")),
    Deed("exchange.end_token", N_("Ended a token")),
    Deed("exchange.add_hook", N_("Registered a system that is told of matters")),
    Deed("exchange.pause_hook", N_("Stopped telling a system")),
    Deed("exchange.resume_hook", N_("Went on telling a system")),
    Deed("exchange.hand_over", N_("Had a case handed over again")),
    Deed("exchange.repeat", N_("Had a delivery to a system repeated")),
)
