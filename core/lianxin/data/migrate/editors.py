"""Tortoise's schema editors, mended where they lose things.

On PostgreSQL every text column is COLLATE "C": ranges over paths and codes, and every ORDER BY of text, then compare
by bytes as on SQLite, and a plain index serves `path >= x AND path < y` whatever locale the database was made with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from tortoise.fields.base import Field
from tortoise.fields.relational import ManyToManyFieldInstance
from tortoise.migrations.operations import AddField, AlterField, Operation, RemoveField
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, SqliteSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.models import Model

from lianxin.data.guards import Check
from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.guard_sql import check_clause
from lianxin.data.migrate.history import is_sqlite
from lianxin.data.migrate.literals import default_literal
from lianxin.data.migrate.remake import remake_table, statements_of


class Editor(Protocol):
    """What the loop asks of an editor."""

    client: Any

    async def forward(self, operation: Operation, app: str, before: State, after: State) -> None:
        """Does in the database what the operation did to the state."""


def make_editor(client: Any, guard_names: Collection[str]) -> Editor:
    """The editor for a transaction's client. `guard_names` are the catalogue names of what the loop itself puts in."""
    return SqliteEditor(client, guard_names) if is_sqlite(client) else PostgresqlEditor(client)


class SqliteEditor(SqliteSchemaEditor):
    """Remakes a table for every change of its columns, with all of its rows."""

    def __init__(self, client: Any, guard_names: Collection[str]) -> None:
        super().__init__(client)
        self._guard_names = guard_names
        self._checks: Sequence[Check] = ()

    async def _run_sql(self, sql: str) -> None:
        for statement in statements_of(sql):
            await self.client.execute_query(statement)

    def _get_inner_statements(self) -> list[str]:
        return [check_clause(check) for check in self._checks]

    async def forward(self, operation: Operation, app: str, before: State, after: State) -> None:
        """Does in the database what the operation did to the state."""
        if not isinstance(operation, AddField | RemoveField | AlterField) or _is_many(operation, app, before):
            await operation.database_forward(app, before, after, self)
            return
        reference = f"{app}.{operation.model_name}"
        old, new = before.apps.get_model(reference), after.apps.get_model(reference)
        renamed = _renamed(operation, old, new) if isinstance(operation, AlterField) else {}
        await self.remake(new, (), renamed)

    async def remake(self, model: type[Model], checks: Sequence[Check], renamed: dict[str, str] | None = None) -> None:
        """Makes a table anew with these checks; its guards are put in again by the loop."""
        self._checks = checks
        try:
            create = statements_of(self._get_model_sql_data(model).table_sql)
        finally:
            self._checks = ()
        await remake_table(self.client, model, create, renamed=renamed or {}, leave_out=self._guard_names)

    async def _remake_table(self, model: type[Model], *_: Any, **__: Any) -> None:
        raise MigrationError(f"{model.__name__}: checks are declared as guards of the model, not by a migration.")


def _is_many(operation: AddField | RemoveField | AlterField, app: str, before: State) -> bool:
    if isinstance(operation, RemoveField):
        field: object = before.models[(app, operation.model_name)].fields[operation.name]
    else:
        field = operation.field
    return isinstance(field, ManyToManyFieldInstance)


def _renamed(operation: AlterField, old: type[Model], new: type[Model]) -> dict[str, str]:
    return {_column(new, operation.name): _column(old, operation.name)}


def _column(model: type[Model], name: str) -> str:
    return model._meta.fields_map[name].source_field or name


class PostgresqlEditor(AsyncpgSchemaEditor):
    """Gives old rows the default of a new column, and keeps text comparing by bytes."""

    def __init__(self, client: Any) -> None:
        super().__init__(client)

    async def forward(self, operation: Operation, app: str, before: State, after: State) -> None:
        """Does in the database what the operation did to the state."""
        await operation.database_forward(app, before, after, self)

    def _get_field_sql(
        self, db_field: str, field_type: str, nullable: bool, unique: bool, is_pk: bool, comment: str
    ) -> str:
        return super()._get_field_sql(db_field, _by_bytes(field_type), nullable, unique, is_pk, comment)

    async def add_field(self, model: type[Model], field_name: str) -> None:
        """ADD COLUMN; its default stands in the rows that are there, and not in the table's definition."""
        field = model._meta.fields_map[field_name]
        default = None if isinstance(field, ManyToManyFieldInstance) else default_literal(field, sqlite=False)
        if default is None or field.has_db_default():
            await super().add_field(model, field_name)
            return
        self.ADD_FIELD_TEMPLATE = f"{type(self).ADD_FIELD_TEMPLATE} DEFAULT {_plain(default)}"
        try:
            await super().add_field(model, field_name)
        finally:
            del self.ADD_FIELD_TEMPLATE
        table, column = model._meta.db_table, _column(model, field_name)
        await self._run_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP DEFAULT')

    async def alter_field(self, old_model: type[Model], new_model: type[Model], field_name: str) -> None:
        """ALTER COLUMN. Raises MigrationError for what Tortoise would silently leave as it was."""
        old, new = old_model._meta.fields_map[field_name], new_model._meta.fields_map[field_name]
        if getattr(old, "on_delete", None) != getattr(new, "on_delete", None):
            raise MigrationError(
                "another on_delete needs the foreign key dropped and added: say it by Sql(postgresql=…)"
            )
        await super().alter_field(old_model, new_model, field_name)

    async def _alter_field(self, model: type[Model], old_field: Field[Any], new_field: Field[Any]) -> None:
        default = default_literal(new_field, sqlite=False)
        if old_field.null and not new_field.null and default is not None:
            await self._fill(model, old_field, default)
        self.ALTER_FIELD_TYPE_TEMPLATE = 'ALTER COLUMN "{column}" TYPE ' + _plain(_by_bytes(_type(new_field)))
        try:
            await super()._alter_field(model, old_field, new_field)
        finally:
            del self.ALTER_FIELD_TYPE_TEMPLATE

    async def _fill(self, model: type[Model], field: Field[Any], default: str) -> None:
        # A rewrite of the column, not an UPDATE: the triggers of tables that only grow would refuse that.
        table, column = model._meta.db_table, field.source_field or field.model_field_name
        await self._run_sql(
            f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {_by_bytes(_type(field))} '
            f'USING COALESCE("{column}", {default})'
        )


def _type(field: Field[Any]) -> str:
    return str(field.get_for_dialect("postgres", "SQL_TYPE"))


def _by_bytes(sql_type: str) -> str:
    return f'{sql_type} COLLATE "C"' if sql_type.startswith(("VARCHAR", "TEXT", "CHAR")) else sql_type


def _plain(sql: str) -> str:
    """For a text that `str.format` will see."""
    return sql.replace("{", "{{").replace("}", "}}")
