"""Operations of our own, for what Tortoise's can't say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tortoise.fields.relational import RelationalField
from tortoise.migrations.operations import CreateModel, Operation, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State


class Sql(TortoiseOperation):
    """SQL in the words of each engine; an empty text does nothing there. Several statements may stand in one text.

    A migration that adds or removes rows by it names the tables in its `changes_rows`.
    """

    def __init__(self, *, sqlite: str = "", postgresql: str = "") -> None:
        self.sqlite = sqlite
        self.postgresql = postgresql

    def describe(self) -> str:
        """One line for the report."""
        return "Run SQL"

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        """Runs the text of this engine."""
        if state_editor is None:
            return
        text = self.sqlite if state_editor.DIALECT == "sqlite" else self.postgresql
        if text:
            await state_editor._run_sql(text)


def apps_pointed_to(operations: Iterable[Operation]) -> Iterator[str]:
    """The apps to whose tables the fields of these operations point."""
    for operation in operations:
        fields = [field for _, field in operation.fields] if isinstance(operation, CreateModel) else []
        for field in (*fields, getattr(operation, "field", None)):
            reference = getattr(field, "model_name", None) if isinstance(field, RelationalField) else None
            if reference:
                yield reference.split(".")[0] if isinstance(reference, str) else str(reference._meta.app)
