"""A client that knows the OpenAPI document alone: it makes requests of each operation and judges each answer by it.

It understands the part of JSON Schema that pydantic writes for our models, and fails on a word that it does not know,
so that nothing passes unread.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

Json = Any
TEXTS = ("何桂芳", "x", "", "0", "%00", "' OR 1=1 --", "𠮷" * 40, "a" * 300, "\u202e", "{{7*7}}", "1e400", "true", "…")
VALUES: tuple[Json, ...] = (*TEXTS, None, 0, -1, 10**30, 1.5, True, [], ["x"], ["x", "y"], {}, {"a": 1})
_SAID = {"title", "description", "default", "propertyNames"}


@dataclass(frozen=True)
class Operation:
    """One operation of the document, its pointers followed."""

    path: str
    method: str
    declared: Mapping[str, Json]

    @property
    def body(self) -> Json:
        """The schema of its body; None: it takes none."""
        given = self.declared.get("requestBody")
        return given["content"]["application/json"]["schema"] if given else None


@dataclass
class Request:
    """What is about to be sent."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: Json = None


class GenericClient:
    """`places` are values that an operation's places may take, beside those it makes up."""

    def __init__(self, document: Mapping[str, Json], seed: int, places: Sequence[str]) -> None:
        self.document = document
        self.chance = random.Random(seed)
        self.places = places

    def operations(self) -> Iterator[Operation]:
        """All, in the order of the document."""
        for path, methods in self.document["paths"].items():
            for method, declared in methods.items():
                yield Operation(path, method.upper(), declared)

    def follow(self, schema: Json) -> Json:
        """What a pointer points to."""
        while "$ref" in schema:
            found: Json = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def request(self, operation: Operation, *, sound: bool) -> Request:
        """A request as the document allows it; not `sound`: with something wrong in it, most likely."""
        made = Request(operation.method, operation.path)
        for parameter in map(self.follow, operation.declared["parameters"]):
            self._put(made, parameter, sound)
        if operation.body is not None:
            made.body = self._value(operation.body) if sound else self._spoilt(operation.body)
        return made

    def _put(self, made: Request, parameter: Json, sound: bool) -> None:
        name, where = parameter["name"], parameter["in"]
        if where == "path":
            value = self.chance.choice(self.places if sound or self.chance.random() < 0.7 else TEXTS) or "-"
            made.path = made.path.replace(f"{{{name}}}", quote(value, safe=""))
        elif where == "header":
            if self.chance.random() < 0.5:
                made.headers[name] = f"{self.chance.getrandbits(64):020d}" if sound else "?"
        elif parameter["required"] or self.chance.random() < 0.7:
            value = self._value(parameter["schema"]) if sound else self.chance.choice(TEXTS)
            made.query.append((name, str(value)))

    def _value(self, schema: Json) -> Json:
        schema = self.follow(schema)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        if "anyOf" in schema:
            return self._value(self.chance.choice(schema["anyOf"]))
        return {
            "string": self._text,
            "integer": lambda at: self.chance.randint(at.get("minimum", -5), at.get("maximum", 9)),
            "number": lambda at: self.chance.random(),
            "boolean": lambda at: self.chance.random() < 0.5,
            "null": lambda at: None,
            "array": lambda at: [self._value(at["items"]) for _ in range(self.chance.randint(0, 3))],
            "object": self._object,
        }[schema["type"]](schema)

    def _object(self, schema: Json) -> Json:
        required = schema.get("required", ())
        return {
            name: self._value(each)
            for name, each in schema.get("properties", {}).items()
            if name in required or self.chance.random() < 0.5
        }

    def _text(self, schema: Json) -> str:
        if schema.get("format") == "uuid":
            return str(UUID(int=self.chance.getrandbits(128)))
        if schema.get("format") in ("date", "date-time"):
            return "2026-11-24" if schema["format"] == "date" else "2026-11-24T02:00:00Z"
        least, most = schema.get("minLength", 0), schema.get("maxLength", 40)
        return "".join(
            self.chance.choice("何桂芳ab 1") for _ in range(self.chance.randint(least, min(most, least + 20)))
        )

    def _spoilt(self, schema: Json) -> Json:
        if self.chance.random() < 0.1:
            return self.chance.choice(VALUES)
        whole = self._object(self.follow(schema))
        for name in self.follow(schema).get("properties", {}):
            if self.chance.random() < 0.5:
                whole[name] = self.chance.choice(VALUES)
        if self.chance.random() < 0.2:
            whole["nobody_knows_this"] = "x"
        return whole

    def judge(self, operation: Operation, status: int, media_type: str, body: Any) -> list[str]:
        """What of an answer the document does not say; nothing for a true one."""
        told = operation.declared["responses"].get(str(status))
        if status >= 500 or told is None:
            return [f"{status} is not documented"]
        content = self.follow(told).get("content")
        if content is None:
            return []
        if media_type not in content:
            return [f"{status} as {media_type!r}, documented are {sorted(content)}"]
        return [f"{status}: {fault}" for fault in self.faults(content[media_type]["schema"], body, "$")]

    def faults(self, schema: Json, value: Json, at: str) -> Iterator[str]:
        """Where a value is not as its schema says."""
        schema = self.follow(schema)
        if "anyOf" in schema:
            if all(list(self.faults(each, value, at)) for each in schema["anyOf"]):
                yield f"{at}: {value!r} fits none"
            return
        kind = schema.get("type")
        kinds = {"string": str, "boolean": bool, "null": type(None), "array": list, "object": dict}
        kinds |= {"integer": int, "number": (int, float)}
        unknown = set(schema) - _SAID - _KNOWN
        assert not unknown, f"{at}: this client does not know {unknown}"
        if kind and (not isinstance(value, kinds[kind]) or (kind == "integer" and isinstance(value, bool))):
            yield f"{at}: {value!r} is no {kind}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{at}: {value!r} is none of {schema['enum']}"
        if kind == "string" and not _has_format(value, schema.get("format", "")):
            yield f"{at}: {value!r} is no {schema['format']}"
        if kind == "array":
            for number, each in enumerate(value):
                yield from self.faults(schema["items"], each, f"{at}[{number}]")
        if kind == "object":
            yield from self._object_faults(schema, value, at)

    def _object_faults(self, schema: Json, value: Json, at: str) -> Iterator[str]:
        properties = schema.get("properties", {})
        yield from (f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, each in value.items():
            if name in properties:
                yield from self.faults(properties[name], each, f"{at}.{name}")
            elif not schema.get("additionalProperties", not properties):
                yield f"{at}.{name} is not documented"


_KNOWN = {"type", "enum", "const", "format", "items", "properties", "required", "additionalProperties", "minLength"}
_KNOWN |= {"maxLength", "minimum", "maximum", "pattern", "anyOf"}


def _has_format(value: str, name: str) -> bool:
    try:
        if name == "date-time":
            return datetime.fromisoformat(value).tzinfo is not None
        if name == "date":
            date.fromisoformat(value)
        if name == "uuid":
            UUID(value)
    except ValueError:
        return False
    return True


def places_of(path: str) -> list[str]:
    """The names of an address's places."""
    return re.findall(r"\{(\w+)\}", path)
