"""What the plugin writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (
    Deed("exchange.make_token", N_("Made a token for a program")),
    Deed("exchange.end_token", N_("Ended a token")),
)
