"""What a county may choose."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import N_, setting


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """How many may wait, and whether the tablet prints."""

    most_waiting: int = setting(
        150, help=N_("How many may wait at one station at a time. Whoever comes then is asked to speak to the desk.")
    )
    prints: bool = setting(
        False, help=N_("The tablet in the hall prints each slip by itself, for a hall with a slip printer.")
    )
