"""Our own migrate loop, over Tortoise's graph, states and schema editors."""

from lianxin.data.migrate.errors import MigrationError
from lianxin.data.migrate.loop import make_from_models, migrate, pending
from lianxin.data.migrate.making import make_migrations, unmade
from lianxin.data.migrate.operations import Sql

__all__ = ["MigrationError", "Sql", "make_from_models", "make_migrations", "migrate", "pending", "unmade"]
