"""What the plugin writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (
    Deed("mail.tell", N_("Gave an e-mail address")),
    Deed("mail.confirm", N_("Proved an e-mail address")),
    Deed("mail.forget", N_("Removed an e-mail address")),
)
