"""What the migrate loop says when it can't go on."""

from __future__ import annotations


class MigrationError(Exception):
    """The database was left as it was before the migration that failed; the text says which, why and what to do."""
