"""The OpenAPI document, made of what is declared: there is nothing to keep in step."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from lianxin.api import Bearers, Visit, _, find_service
from lianxin.shells.api.operations import COOKIE, TOKEN, Operations
from lianxin.shells.api.problem import Problem, responses
from lianxin.shells.api.schemas import Schemas

SHORTEST_KEY, LONGEST_KEY = 10, 60


def build_document(visit: Visit) -> dict[str, Any]:
    """The same for the same plugins and language, whoever asks and however often."""
    site = visit.site
    machine = {name: owned for name, owned in sorted(site.routes.items()) if owned.item.kind == "api"}
    schemas = Schemas([owned.item for owned in machine.values()], Problem)
    tokens = find_service(Bearers) is not None  # type: ignore[type-abstract]
    permissions = {each.name: each for each in site.assembly.items("permissions")}
    operations = Operations(visit, schemas, permissions, tokens=tokens)
    paths: dict[str, dict[str, Any]] = {}
    for name, owned in machine.items():
        for path, method, operation in operations.of(name, owned.owner, owned.item):
            paths.setdefault(path, {})[method] = operation
    owners = {owned.owner for owned in machine.values()}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {"title": _("Lianxin"), "version": version("lianxin"), "description": _about()},
        "servers": [{"url": site.config.base_url.rstrip("/")}],
        "tags": [
            {"name": part.name, "description": str(part.title)} for part in site.assembly.parts if part.name in owners
        ],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": {**responses(), "DoneBefore": _done_before()},
            "parameters": {"IdempotencyKey": _key_parameter()},
            "securitySchemes": _schemes(visit, tokens=tokens),
        },
    }


def _about() -> str:
    return _(
        "Lists come in pages: ask again with after= what next said; no next, no more. Times are in UTC. What is not "
        "there and what one may not see are answered alike, by 404. Texts are in the language of Accept-Language."
    )


def _schemes(visit: Visit, *, tokens: bool) -> dict[str, Any]:
    cookie = {
        "type": "apiKey",
        "in": "cookie",
        "name": visit.site.cookie("session"),
        "description": _("The session of somebody who signed in with a browser."),
    }
    bearer = {
        "type": "http",
        "scheme": "bearer",
        "description": _("A token that a colleague made under My account, for what she may do herself."),
    }
    return {COOKIE: cookie, **({TOKEN: bearer} if tokens else {})}


def _key_parameter() -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": _(
            "Of your own choice, a new one for each deed: sent again with the same body, it is done once."
        ),
        "schema": {
            "type": "string",
            "minLength": SHORTEST_KEY,
            "maxLength": LONGEST_KEY,
            "pattern": f"^[!-~]{{{SHORTEST_KEY},{LONGEST_KEY}}}$",
        },
    }


def _done_before() -> dict[str, Any]:
    return {
        "description": _("This was done before, by the same Idempotency-Key: look where it led."),
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
