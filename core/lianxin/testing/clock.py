"""A clock that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:00 in the county."""


class FakeClock:
    """Stands still until it is moved. Call it for the time of this moment."""

    def __init__(self, start: datetime = START) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        """Moves on by a timedelta's arguments (days=, hours=, minutes=, seconds=)."""
        self.moment += timedelta(**span)
