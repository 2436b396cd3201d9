"""A question asked with every request: the ORM writes its SQL once, later only the values are new.

Building a statement of two tables costs the ORM about ten times what the database needs to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tortoise import fields
from tortoise.queryset import ValuesQuery

from lianxin.data.connection import connection

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""A sample moment: nothing here happened then."""

Decode = Callable[[Any], Any]
Encode = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Statement:
    """`places` says for each value of the SQL where it comes from: (name, how to write it), or ("", it stays so)."""

    sql: str
    places: tuple[tuple[str, Any], ...]
    columns: tuple[tuple[str, Decode], ...]


class Prepared:
    """`build(**samples)` makes a `.values(…)` query; `rows(**given)` asks it with other values of the same types.

    Each sample must be a value that occurs nowhere else in the query: it marks the place. None marks nothing, so what
    is asked for as NULL stays in the text. A query whose shape depends on its values can't be prepared.
    """

    def __init__(self, build: Callable[..., ValuesQuery[Any]], **samples: Any) -> None:
        self._build = build
        self._samples = samples
        self._statements: dict[str, _Statement] = {}

    async def rows(self, **given: Any) -> list[dict[str, Any]]:
        """The rows, as the query itself would have answered them."""
        client = connection()
        dialect = client.capabilities.dialect
        statement = self._statements.get(dialect)
        if statement is None:
            statement = self._statements[dialect] = self._write()
        values = [kept(given[name]) if name else kept for name, kept in statement.places]
        rows: list[dict[str, Any]] = await client.execute_query_dict(statement.sql, values)
        for row in rows:
            for column, decode in statement.columns:
                row[column] = decode(row[column])
        return rows

    def _write(self) -> _Statement:
        query = self._build(**self._samples)
        sql, values = _sql_of(query)
        places = tuple(_place(value, self._samples) for value in values)
        missing = self._samples.keys() - {name for name, _ in places}
        if missing:
            raise ValueError(f"The query does not use {', '.join(sorted(missing))}.")
        return _Statement(sql, places, tuple(_columns(query)))


async def count_rows(query: ValuesQuery[Any]) -> int:
    """How many rows it would answer; with a limit the database looks no further."""
    sql, values = _sql_of(query)
    rows = await connection().execute_query_dict(f"SELECT count(*) AS found FROM ({sql}) bounded", values)  # noqa: S608
    return int(rows[0]["found"])


def _sql_of(query: ValuesQuery[Any]) -> tuple[str, list[Any]]:
    query._choose_db_if_not_chosen()
    query._make_query()
    return query.query.get_parameterized_sql()


def _place(value: Any, samples: Mapping[str, Any]) -> tuple[str, Any]:
    for name, sample in samples.items():
        if type(value) is type(sample) and value == sample:
            return name, _as_it_is
        if isinstance(value, str) and value == str(sample):
            return name, str  # a UUID where the engine has no type for it
    return "", value


def _moment(value: Any) -> datetime | None:
    """SQLite keeps a moment as text, as `isoformat` wrote it; all are in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found and found.astimezone(UTC)


def _as_it_is(value: Any) -> Any:
    return value


def _columns(query: ValuesQuery[Any]) -> list[tuple[str, Decode]]:
    """As the ORM reads them: whatever needs no reading is left out."""
    found = []
    for alias, field in query._fields_for_select.items():
        decode = query.resolve_to_python_value(query.model, field)
        if isinstance(getattr(decode, "__self__", None), fields.DatetimeField):
            decode = _moment
        if getattr(decode, "__name__", "") != "<lambda>":
            found.append((alias, decode))
    return found
