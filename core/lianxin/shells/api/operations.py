"""One address as operations of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from lianxin.api import PUBLIC, SIGNED_IN, Permission, Route, Visit, _
from lianxin.shells.api.problem import statuses_of
from lianxin.shells.api.schemas import Schemas, bodies_of

LONGEST_PLACE = 200
COOKIE, TOKEN = "session", "token"


class Operations:
    """Makes operations in the words of one visit. `tokens`: whether some plugin makes them here."""

    def __init__(self, visit: Visit, schemas: Schemas, permissions: Mapping[str, Permission], *, tokens: bool) -> None:
        self._visit = visit
        self._schemas = schemas
        self._permissions = permissions
        self._tokens = tokens

    def of(self, name: str, owner: str, route: Route) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Path, method, operation: one, or one for each value of the last place."""
        pattern = self._visit.site.urls.pattern(name)
        if route.takes is None:
            yield pattern, "get", self._operation(name, owner, route, "", None)
        for value, model in bodies_of(route).items():
            path = pattern.rpartition("/")[0] + f"/{value}" if value else pattern
            yield path, "post", self._operation(name, owner, route, value, model)

    def _operation(
        self, name: str, owner: str, route: Route, value: str, body: type[BaseModel] | None
    ) -> dict[str, Any]:
        says = str(route.says[value] if isinstance(route.says, Mapping) else route.says)
        made: dict[str, Any] = {
            "operationId": f"{name.replace(':', '.')}{f'.{value}' if value else ''}",
            "tags": [owner],
            "summary": f"{route.title}: {says}" if value else str(route.title),
            "description": " ".join(text for text in ("" if value else says, self._who(route)) if text),
            "security": self._security(route),
            "parameters": [*self._places(route, value), *self._more(route)],
            "responses": self._responses(route),
        }
        if body is not None:
            content = {"application/json": {"schema": self._schemas.ref(body, "validation")}}
            made["requestBody"] = {"required": True, "content": content}
        return made

    def _who(self, route: Route) -> str:
        if route.access is PUBLIC:
            return _("Anybody may ask.")
        if route.access is SIGNED_IN:
            return _("For whoever is signed in, about what is hers; not by a token.")
        permission = self._permissions[str(route.access)]
        return _("Needs the permission “%(title)s” (%(name)s).", title=str(permission.title), name=permission.name)

    def _security(self, route: Route) -> list[dict[str, list[str]]]:
        if route.access is PUBLIC:
            return [{}]
        by_token: list[dict[str, list[str]]] = [{TOKEN: []}] if self._tokens and route.access is not SIGNED_IN else []
        return [{COOKIE: []}, *by_token]

    def _places(self, route: Route, value: str) -> Iterator[dict[str, Any]]:
        names = list(route.loads)
        for place in names[:-1] if value else names:
            schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PLACE}
            said = str(route.loads[place].says)
            yield {"name": place, "in": "path", "required": True, "description": said, "schema": schema}

    def _more(self, route: Route) -> Iterator[dict[str, Any]]:
        if route.asks is not None:
            yield from self._schemas.query(route.asks)
        if route.takes is not None:
            yield {"$ref": "#/components/parameters/IdempotencyKey"}

    def _responses(self, route: Route) -> dict[str, Any]:
        assert route.answers is not None  # told at start-up
        schema = self._schemas.ref(route.answers, "serialization")
        made: dict[str, Any] = {"200": {"description": "OK", "content": {"application/json": {"schema": schema}}}}
        if route.takes is not None:
            made["303"] = {"$ref": "#/components/responses/DoneBefore"}
        return made | {str(each): {"$ref": f"#/components/responses/Problem{each}"} for each in statuses_of(route)}
