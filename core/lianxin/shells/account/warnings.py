"""What the account tells its owner."""

from __future__ import annotations

from lianxin.api import N_, MessageKind

TRIES = MessageKind(
    "account.tries",
    N_("Somebody tries to sign in as you"),
    N_("A wrong password was typed ten times for your login name. If it was not you, tell your administrator."),
)
