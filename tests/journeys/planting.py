"""Payloads in the place of every text that people wrote, in a database of the demonstration.

Which texts those are shows in the data themselves: one that has a Chinese character or a space in it is for people; all
else, and points of time, are words of the program. So a plugin's texts count as soon as the demonstration has some.
"""

import json
import re
import sqlite3
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.faults.size import size
from tests.journeys.payloads import packed

_FOR_PEOPLE = re.compile(r"[\u3400-\u9fff]|^(?!\d{4}-\d\d-\d\d ).* ", re.DOTALL)
_SIZE = re.compile(r"\((\d+)\)")
_LONGEST = size(200, 400)
_LONGEST_LEAF = 60
STRIDE = 7
"""From one text to the next, so that all payloads come up."""


@dataclass
class Planted:
    """Columns that hold payloads now, and those that a guard of the database kept as they were."""

    columns: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    numbers: "count[int]" = field(default_factory=lambda: count(0, STRIDE))


def plant(file: Path) -> Planted:
    """Every such text of an SQLite database that nobody has open, written once and for all or not."""
    planted = Planted()
    connection = sqlite3.connect(file)
    try:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            for column in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                if re.match(r"VARCHAR|TEXT|JSON", column[2]):
                    _plant_column(connection, planted, table, column[1], column[2])
        for _, statement in triggers:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
    return planted


def _plant_column(connection: sqlite3.Connection, planted: Planted, table: str, column: str, kind: str) -> None:
    size = _SIZE.search(kind)
    longest = min(int(size[1]) if size else _LONGEST, _LONGEST)
    rows = connection.execute(f'SELECT rowid, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall()
    for row, value in rows:
        text = _in_json(value, planted) if kind == "JSON" else _in_its_place(str(value), longest, planted)
        if text == value:
            continue
        try:
            connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (text, row))
        except sqlite3.IntegrityError:
            planted.refused.add(f"{table}.{column}")
            return
        name = f"{table}.{column}"
        planted.columns[name] = planted.columns.get(name, 0) + 1


def _in_its_place(value: str, longest: int, planted: Planted) -> str:
    """Payloads instead of a text for people."""
    return packed(longest, next(planted.numbers), refused="") if _FOR_PEOPLE.search(value) else value


def _in_json(value: str, planted: Planted) -> str:
    """Instead of each leaf that is such a text."""
    return json.dumps(_leaves(json.loads(value), planted), ensure_ascii=False)


def _leaves(value: Any, planted: Planted) -> Any:
    if isinstance(value, dict):
        return {key: _leaves(each, planted) for key, each in value.items()}
    if isinstance(value, list):
        return [_leaves(each, planted) for each in value]
    return _in_its_place(value, _LONGEST_LEAF, planted) if isinstance(value, str) else value
