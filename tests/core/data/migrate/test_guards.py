"""Every promise that a model declares is kept by the database, on the engine at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tortoise.context import get_current_context
from tortoise.exceptions import IntegrityError
from tortoise.models import Model

from lianxin.config import Config
from lianxin.data.connection import connection, is_sqlite
from lianxin.data.guards import AppendOnly, Check, Guard, Index, Unique
from lianxin.data.migrate import pending
from lianxin.data.sealed import Sealed
from lianxin.values.identifiers import uuid7
from tests.core.data.migrate.rows import NOW, kernel_models, make_row

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

SAME = uuid7()
# For every check of the kernel, a row that it must refuse. A new check needs its line here.
BREAKS: Mapping[str, Mapping[str, Any]] = {
    "area_not_itself": {"id": SAME, "parent_id": SAME},
    "area_span": {"valid_from": "2026-02-02", "valid_to": "2026-02-01"},
    "audit_seal_number": {"number": 0},
    "calendar_year_range": {"year": 1999},
    "clock_paused": {"state": "paused", "paused_from": None},
    "clock_state": {"state": "asleep"},
    "clock_unit": {"limit_unit": "fortnight"},
    "consent_channel": {"channel": "post"},
    "consent_witness": {"channel": "desk_voice", "witness_id": None},
    "credential_method_known": {"method": "smile"},
    "delivery_state": {"state": "lost"},
    "message_choice_hours": {"quiet_from": 1440},
    "file_content_key": {"content_key": None, "state": "kept"},
    "file_size": {"size": -1},
    "file_state": {"state": "odd"},
    "grant_span": {"valid_from": NOW, "valid_until": NOW.replace(year=2020)},
    "job_progress": {"progress": 101},
    "job_state": {"state": "odd"},
    "matter_code_length": {"code": "SHORT"},
    "matter_confidentiality": {"confidentiality": "secret"},
    "person_identity": {"identity": "guessed"},
    "person_merged_when": {"merged_at": NOW},
    "person_not_itself": {"id": SAME, "merged_into_id": SAME, "merged_at": NOW},
    "person_number_whole": {"id_number": Sealed(b"x"), "id_number_key": None},
    "person_phone_bound": {"bound_by": "chance"},
    "rating_grade": {"grade": 6},
    "reading_purpose": {"purpose": ""},
    "session_stage": {"stage": "odd"},
    "session_whole": {"stage": "full", "person_id": None},
    "setting_one_form": {"value": None, "sealed": None},
    "sign_in_code_purpose": {"purpose": "fax", "phone_key": None},
    "sign_in_code_tries": {"tries": 6},
    "sign_in_code_whose": {"purpose": "phone", "phone_key": None},
    "task_done": {"done_at": NOW, "done_by_id": None},
}
# What a row needs to be among those that a partial unique index speaks of, beyond having its columns filled.
AMONG: Mapping[str, Mapping[str, Any]] = {
    "person_seen_once": {"identity": "seen_by_desk", "id_number": Sealed(b"x")},
    "setting_site": {"value": {"is": 2}},
}
# Some unique columns can't be filled with anything.
FILLED: Mapping[str, Mapping[str, Any]] = {
    "credential_identifier": {"method": "password"},
    "credential_method": {"method": "password"},
}


def apps() -> Any:
    context = get_current_context()
    assert context is not None
    return context.apps


def guards_of_kind(kind: type[Guard]) -> list[tuple[type[Model], Any]]:
    models = kernel_models(apps())
    found = [(model, guard) for model in models for guard in getattr(model, "guards", ()) if isinstance(guard, kind)]
    assert found
    return found


async def catalogue() -> set[str]:
    """What the engine says that it has, asked in another way than the loop asks."""
    if is_sqlite():
        rows = await connection().execute_query_dict("SELECT name, sql FROM sqlite_master")
        return {row["name"] for row in rows} | {
            word.strip('"') for row in rows for word in (row["sql"] or "").split() if word.startswith('"')
        }
    rows = await connection().execute_query_dict(
        "SELECT relname AS name FROM pg_class UNION SELECT conname FROM pg_constraint "
        "UNION SELECT tgname FROM pg_trigger"
    )
    return {row["name"] for row in rows}


async def test_every_guard_stands_in_the_catalogue(site_config: Config) -> None:
    there = await catalogue()
    for kind in (Check, Unique, Index):
        assert [guard.name for _, guard in guards_of_kind(kind) if guard.name not in there] == []
    suffixes = ("_update", "_delete") if is_sqlite() else ("", "_truncate")
    for _, guard in guards_of_kind(AppendOnly):
        assert {guard.name + suffix for suffix in suffixes} <= there
    assert [line for line in await pending(site_config) if line.startswith("guard")] == []


async def test_every_check_refuses_a_row_that_breaks_it() -> None:
    checks = guards_of_kind(Check)
    assert sorted(guard.name for _, guard in checks) == sorted(BREAKS), "each check needs a row that breaks it"
    for model, guard in checks:
        await make_row(model)
        with pytest.raises(IntegrityError, match=guard.name):
            await make_row(model, **BREAKS[guard.name])


async def test_every_unique_index_refuses_a_second_row() -> None:
    for model, guard in guards_of_kind(Unique):
        among = {**AMONG.get(guard.name, {}), **FILLED.get(guard.name, {})}
        columns = tuple(column for column in guard.columns if f"{column} IS NULL" not in guard.where)
        first = await make_row(model, columns, **among)
        same = {column: getattr(first, column) for column in columns}
        count = await model.all().count()
        with pytest.raises(IntegrityError):
            await make_row(model, **{**among, **same})
        assert await model.all().count() == count, guard.name


async def test_a_partial_unique_index_lets_other_rows_be() -> None:
    model = apps().get_model("lianxin", "Area")
    await make_row(model, code="510821", valid_to="2026-12-31")
    await make_row(model, code="510821")
    with pytest.raises(IntegrityError):
        await make_row(model, code="510821")


async def test_rows_that_are_only_added_are_never_changed_or_removed() -> None:
    for model, guard in guards_of_kind(AppendOnly):
        row = await make_row(model)
        kept = {*guard.but, *model._meta.fk_fields, model._meta.pk_attr}
        changed = next(
            name for name, field in model._meta.fields_map.items() if name not in kept and field.field_type is str
        )
        with pytest.raises(IntegrityError, match=guard.name):
            await model.filter(pk=row.pk).update(**{changed: "x"})
        with pytest.raises(IntegrityError, match=guard.name):
            await model.filter(pk=row.pk).delete()
        # Each engine has a way of its own to be rid of rows without DELETE.
        table = model._meta.db_table
        around = (
            f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"'
            if is_sqlite()
            else f'TRUNCATE "{table}" CASCADE'
        )
        with pytest.raises(IntegrityError, match=guard.name):
            await connection().execute_query(around)
        assert await model.filter(pk=row.pk).exists()


async def test_an_excepted_column_is_set_once_and_alone() -> None:
    tried = 0
    for model, guard in guards_of_kind(AppendOnly):
        for column in guard.but:
            row = await make_row(model)
            assert getattr(row, column) is None
            other = next(name for name, field in model._meta.fields_map.items() if field.field_type is str)
            with pytest.raises(IntegrityError, match=guard.name):
                await model.filter(pk=row.pk).update(**{column: NOW, other: "web2"})
            assert await model.filter(pk=row.pk).update(**{column: NOW}) != 0
            with pytest.raises(IntegrityError, match=guard.name):
                await model.filter(pk=row.pk).update(**{column: NOW.replace(year=2027)})
            with pytest.raises(IntegrityError, match=guard.name):
                await model.filter(pk=row.pk).update(**{column: None})
            tried += 1
    assert tried
