"""Operations of our own, for what Tortoise's can't say."""

from __future__ import annotations

from tortoise.migrations.operations import TortoiseOperation
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
