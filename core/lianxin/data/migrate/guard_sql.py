"""How each guard is said to each engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lianxin.data.guards import AppendOnly, Check, Guard, Index, Unique

_WORDING = "1"  # of the statements below: a new number puts every guard in again at the next run


def digest(table: str, guard: Guard) -> str:
    """Changes whenever the declaration does."""
    return hashlib.sha256(f"{_WORDING}:{table}:{guard!r}".encode()).hexdigest()


def kind_of(guard: Guard) -> str:
    """The word under which a guard is remembered."""
    return type(guard).__name__


def parts(kind: str, name: str, *, sqlite: bool) -> tuple[str, ...]:
    """The names under which a guard stands in the engine's catalogue: it is in when all of them are."""
    if kind == "AppendOnly":
        return (f"{name}_update", f"{name}_delete") if sqlite else (name, f"{name}_truncate")
    return (name,)


def check_clause(check: Check) -> str:
    """A CHECK as it stands inside CREATE TABLE, and after ADD."""
    return f'CONSTRAINT "{check.name}" CHECK ({check.sql})'


def put_in(guard: Guard, table: str, columns: Iterable[str], *, sqlite: bool) -> list[str]:
    """The statements that put a guard into a table with these columns. A Check on SQLite is not among them: there it
    is part of the table, which is made anew."""
    if isinstance(guard, Check):
        return [f'ALTER TABLE "{table}" ADD {check_clause(guard)}']
    if isinstance(guard, Unique | Index):
        return [_index(guard, table)]
    return _sqlite_append_only(guard, table, columns) if sqlite else _postgresql_append_only(guard, table)


def take_out(kind: str, name: str, table: str, *, sqlite: bool) -> list[str]:
    """The statements that take a guard out again, whether or not it is still there."""
    if kind in ("Unique", "Index"):
        return [f'DROP INDEX IF EXISTS "{name}"']
    if kind == "Check":
        return [] if sqlite else [f'ALTER TABLE IF EXISTS "{table}" DROP CONSTRAINT IF EXISTS "{name}"']
    if sqlite:
        return [f'DROP TRIGGER IF EXISTS "{part}"' for part in parts(kind, name, sqlite=True)]
    # CASCADE takes the triggers along; those of a table that is gone are gone already.
    return [f'DROP FUNCTION IF EXISTS "{name}"() CASCADE']


def _index(guard: Unique | Index, table: str) -> str:
    unique = "UNIQUE " if isinstance(guard, Unique) else ""
    columns = ", ".join(f'"{column}"' for column in guard.columns)
    where = f" WHERE {guard.where}" if guard.where else ""
    return f'CREATE {unique}INDEX "{guard.name}" ON "{table}" ({columns}){where}'


def _refusal(guard: AppendOnly, table: str) -> str:
    return f"{table} is only ever added to ({guard.name})"


def _sqlite_append_only(guard: AppendOnly, table: str, columns: Iterable[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_refusal(guard, table)}'); END"
    same = [f'NEW."{each}" IS OLD."{each}"' for each in columns if each not in guard.but]
    once = [f'(OLD."{each}" IS NULL OR NEW."{each}" IS OLD."{each}")' for each in guard.but]
    when = f" WHEN NOT ({' AND '.join([*same, *once])})" if guard.but else ""
    update, delete = parts("AppendOnly", guard.name, sqlite=True)
    return [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" FOR EACH ROW{when} {refuse}',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" FOR EACH ROW {refuse}',
    ]


def _postgresql_append_only(guard: AppendOnly, table: str) -> list[str]:
    row, truncate = parts("AppendOnly", guard.name, sqlite=False)
    return [
        f'CREATE OR REPLACE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN '
        f"{_postgresql_exception(guard)}"
        f"RAISE EXCEPTION '{_refusal(guard, table)}' USING ERRCODE = 'integrity_constraint_violation'; END $body$",
        f'CREATE TRIGGER "{row}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{guard.name}"()',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{guard.name}"()',
    ]


def _postgresql_exception(guard: AppendOnly) -> str:
    if not guard.but:
        return ""
    names = ", ".join(f"'{each}'" for each in guard.but)
    once = " AND ".join(
        f'(OLD."{each}" IS NULL OR NEW."{each}" IS NOT DISTINCT FROM OLD."{each}")' for each in guard.but
    )
    return (
        f"IF TG_OP = 'UPDATE' THEN IF to_jsonb(NEW) - ARRAY[{names}] = to_jsonb(OLD) - ARRAY[{names}] "
        f"AND {once} THEN RETURN NEW; END IF; END IF; "
    )
