"""What the tables look like between two operations.

Tortoise makes the classes of all models anew after every operation, which for the kernel's tables takes seconds. Ours
makes them once, when somebody is about to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.migrations.schema_generator.state import State
from tortoise.migrations.schema_generator.state_apps import StateApps

from lianxin.data.migrate.errors import MigrationError
from lianxin.data.unit import CONNECTION


class _Apps(StateApps):
    """Models without what only queries need, until somebody wants to query."""

    def _build_initial_querysets(self) -> None:
        pass

    def for_queries(self) -> None:
        """Makes the models fit for queries, as code in a migration makes them."""
        super()._build_initial_querysets()


@dataclass
class LazyState(State):
    """Operations change `models`; `apps` follows at `render()`."""

    stale: bool = False

    def _reload(self, models_to_reload: set[tuple[str, str]]) -> None:
        self.stale = True

    def render(self) -> None:
        """Brings `apps` to what `models` say. Raises MigrationError for a field that points to no table."""
        if not self.stale:
            return
        self.apps = self.apps.clone(model_states={key: model.clone() for key, model in self.models.items()})
        self.stale = False
        try:
            self.validate_relations_initialized()
        except RuntimeError as fault:
            raise MigrationError(str(fault)) from fault

    def snapshot(self, *, for_queries: bool = False) -> State:
        """What this is now, for an operation about to change it, or, `for_queries`, for code about to run over it.

        Classes are replaced and never changed, so they can be shared; the descriptions behind them are changed.
        """
        self.render()
        apps = _Apps(default_connections=self.apps._default_connections, connections=self.apps._connections)
        apps.apps = {label: dict(models) for label, models in self.apps.apps.items()}
        if for_queries:
            apps.for_queries()
        return State(models={key: model.clone() for key, model in self.models.items()}, apps=apps)


def empty_state(apps: Mapping[str, Any]) -> LazyState:
    """A database without tables."""
    return LazyState(models={}, apps=_Apps(default_connections=dict.fromkeys(apps, CONNECTION)))
