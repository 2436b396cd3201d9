"""Pydantic models as JSON schemas, in the words of their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from lianxin.api import Route, input_of

PLACE = "#/components/schemas/{model}"
Used = tuple[type[BaseModel], JsonSchemaMode]


def bodies_of(route: Route) -> dict[str, type[BaseModel]]:
    """What may be sent: by the value of the last place, or under "" where there is one model for all."""
    if route.takes is None:
        return {}
    return {"": route.takes} if isinstance(route.takes, type) else dict(route.takes)


class Schemas:
    """All schemas of one document; models of one name in two plugins are told apart by pydantic."""

    def __init__(self, routes: Iterable[Route], more: type[BaseModel]) -> None:
        used: dict[Used, None] = {(more, "serialization"): None}
        for route in routes:
            used |= dict.fromkeys(_used_by(route))
        refs, whole = models_json_schema(list(used), ref_template=PLACE)
        self._refs = refs
        self.components: dict[str, Any] = whole.get("$defs", {})
        for model, mode in used:
            if mode == "validation":
                _in_words(self._found(model, mode), model)

    def ref(self, model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
        """A pointer to the schema."""
        return dict(self._refs[model, mode])

    def query(self, model: type[BaseModel]) -> Iterator[dict[str, Any]]:
        """Each field of a query as a parameter."""
        schema = self._found(model, "validation")
        for name, field in schema.get("properties", {}).items():
            shape = {key: value for key, value in field.items() if key not in ("title", "description")}
            told = " ".join(text for text in (field.get("title"), field.get("description")) if text)
            required = name in schema.get("required", ())
            yield {"name": name, "in": "query", "required": required, "description": told, "schema": shape}

    def _found(self, model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Any]:
        found: dict[str, Any] = self.components[self._refs[model, mode]["$ref"].rpartition("/")[2]]
        return found


def _used_by(route: Route) -> Iterator[Used]:
    assert route.answers is not None  # told at start-up
    yield route.answers, "serialization"
    if route.asks is not None:
        yield route.asks, "validation"
    for model in bodies_of(route).values():
        yield model, "validation"


def _in_words(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Labels and hints of the form; no files, which JSON does not carry; nothing that the form does not have."""
    schema.setdefault("additionalProperties", False)
    schema.pop("description", None)
    properties = schema.get("properties", {})
    for name, info in model.model_fields.items():
        shown, field = input_of(info), properties.get(name, {})
        if shown.kind == "file":
            properties.pop(name, None)
            continue
        field["title"] = str(shown.label or name)
        if shown.hint:
            field["description"] = str(shown.hint)
        if shown.choices and field.get("type") == "string":
            field["enum"] = [value for value, _, _ in shown.choices]
