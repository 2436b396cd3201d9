"""Promises that the database itself keeps: declared beside a model as `guards`, put in by the migrate loop.

Tortoise 1.1.9 writes constraints of a model's Meta into migrations and then creates none of them, and loses hand-made
ones when SQLite remakes a table; so ours are declared here and put back by our own loop.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK over the row. `sql` is an expression that both engines understand."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Unique:
    """A unique index over columns, for the rows that `where` picks (all, when it is empty)."""

    name: str
    columns: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """An index over columns; byte order on both engines, so that ranges over paths and codes use it."""

    name: str
    columns: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Rows are added and never changed or removed: triggers on both engines refuse it.

    `but` names columns that may be set once, from null (a seal, a fold mark).
    """

    name: str
    but: tuple[str, ...] = ()


Guard = Check | Unique | Index | AppendOnly
