"""The hooks of the programming interface."""

from __future__ import annotations

from lianxin.api import N_, PUBLIC, Route, Visit, api, hookimpl
from lianxin.shells.api.document import build_document
from lianxin.shells.api.problem import Document


async def show_document(visit: Visit) -> Document:
    """As this site is put together now, in the language that was asked for."""
    return Document(build_document(visit))


@hookimpl
def routes() -> list[Route]:
    """The document describes itself too."""
    return [
        api(
            "/api/openapi.json",
            name="document",
            access=PUBLIC,
            handler=show_document,
            title=N_("This document"),
            says=N_("All that this site answers to other systems, by OpenAPI 3.1."),
            answers=Document,
            heavy=True,
        )
    ]
