"""Reads that end within a moment are answered where they are asked; a longer one is cut off and goes to a thread.

Nearly every read of a page takes the database some ten microseconds, and handing it to a thread and back takes ten
times that. What takes longer must never hold up the loop, so each has a fuse.
"""

from __future__ import annotations

import sqlite3
from time import monotonic
from typing import Any, Final

FUSE: Final = 0.002
"""Seconds after which a read is given up here."""
LOOKED_AT_EACH: Final = 4_000
"""Steps of the engine between two looks at the fuse: some fifty microseconds."""
KNOWN_LONG: Final = 10.0
"""Seconds for which a statement that was cut off isn't tried here again: it may have been the disk."""
MOST: Final = 200


class ShortReads:
    """One connection that can't write, used in the loop's own thread."""

    def __init__(self, filename: str) -> None:
        self._connection = sqlite3.connect(filename, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("busy_timeout=0", "query_only=1", "cache_size=-8000", "temp_store=MEMORY"):
            self._connection.execute(f"PRAGMA {pragma}").close()
        self._burns_until = 0.0
        self._connection.set_progress_handler(self._burnt, LOOKED_AT_EACH)
        self._long: dict[str, float] = {}

    def _burnt(self) -> bool:
        return monotonic() > self._burns_until

    def rows(self, query: str, values: list[Any]) -> list[sqlite3.Row] | None:
        """The rows; None when it takes longer, has to wait or fails: a thread is asked then, and also says why."""
        now = monotonic()
        if self._long and self._long.get(query, 0.0) > now:
            return None
        self._burns_until = now + FUSE
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            if len(self._long) >= MOST:
                self._long.clear()
            self._long[query] = now + KNOWN_LONG
            return None

    def close(self) -> None:
        """The file is let go."""
        self._connection.close()
