"""What the plugin writes into the audit trail, in words."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_, Deed

DEEDS: Final = (Deed("counter.opened", N_("Opened a counter")),)
