"""What a county may choose about shared machines."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.api import N_, setting


@dataclass(frozen=True, slots=True)
class LockSettings:
    """When a desk locks itself."""

    lock_minutes: int = setting(
        10, help=N_("After how many minutes without a touch a staff page is locked. 0: never; after 30 it ends.")
    )
