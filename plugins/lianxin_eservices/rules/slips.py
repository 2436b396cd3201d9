"""Slips of typing: one letter too many, too few, another one, or two that changed places."""

from __future__ import annotations

SHORTEST = 6
"""Letters below which everything is one slip from something."""


def one_slip_apart(typed: str, meant: str) -> bool:
    """Whether a single slip makes one of the other; equal texts are none apart, which is no slip.

    By what both begin with and what both end with: the slip is all that lies between.
    """
    longer, shorter = (typed, meant) if len(typed) >= len(meant) else (meant, typed)
    if len(longer) - len(shorter) > 1 or typed == meant:
        return False
    start = _common(longer, shorter)
    end = min(_common(longer[::-1], shorter[::-1]), len(shorter) - start)
    left, right = longer[start : len(longer) - end], shorter[start : len(shorter) - end]
    return len(left) <= 1 or (len(left) == 2 and left == right[::-1])


def _common(one: str, other: str) -> int:
    for place, (letter, beside) in enumerate(zip(one, other, strict=False)):
        if letter != beside:
            return place
    return min(len(one), len(other))
