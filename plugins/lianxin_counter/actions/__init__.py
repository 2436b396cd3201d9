"""Use cases: each one unit of work."""
