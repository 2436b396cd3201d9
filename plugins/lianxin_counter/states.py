"""The states of a slip, the reasons for going first, and what they are called."""

from __future__ import annotations

from typing import Final

from lianxin.api import N_

WAITING: Final = "waiting"
CALLED: Final = "called"
SERVING: Final = "serving"
MISSED: Final = "missed"
DONE: Final = "done"
LEFT: Final = "left"

BUSY: Final = (CALLED, SERVING)
"""Somebody is at work on it; each clerk and each counter has one at most."""
OPEN: Final = (WAITING, MISSED, *BUSY)

TITLES: Final = {
    WAITING: N_("waiting"),
    CALLED: N_("called"),
    SERVING: N_("being served"),
    MISSED: N_("was not there"),
    DONE: N_("done"),
    LEFT: N_("gone"),
}
TAGS: Final = {WAITING: "wait", CALLED: "soon", SERVING: "now", MISSED: "plain", DONE: "ok", LEFT: "plain"}

SAID: Final = "said"
"""By her own word at the tablet; nobody is asked for a card in the hall."""
REASONS: Final = {
    "aged": N_("70 or older"),
    "disabled": N_("disabled"),
    "pregnant": N_("pregnant"),
    "child": N_("with a small child"),
    SAID: N_("goes first, by her own word"),
}
