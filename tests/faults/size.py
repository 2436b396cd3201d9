"""How much of a fault: `LIANXIN_FAULT_SIZE` is small at every change, full in `make faults`."""

import os
from typing import TypeVar

T = TypeVar("T")


def size(small: T, full: T) -> T:
    """Which of the two this run wants."""
    return full if os.environ.get("LIANXIN_FAULT_SIZE", "small") == "full" else small
