"""The shape of a no: problem+json (RFC 9457), and which of them an address may answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, RootModel

from lianxin.api import N_, PUBLIC, Route


class Document(RootModel[dict[str, Any]]):
    """An OpenAPI document."""


class FieldProblem(BaseModel):
    """What is wrong with one field; an empty name is for the whole."""

    field: str
    detail: str


class Problem(BaseModel):
    """Why something was not done. `code` is stable and for programs; `title` and `detail` are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem]


MEANINGS = {
    400: N_("What was sent can’t be read: no JSON object, a broken address, or an unusable Idempotency-Key."),
    401: N_("Nobody is signed in, or the token is not good any more."),
    403: N_("Whoever asks may not do this, or not here. A browser also has to send it from a page of this site."),
    404: N_("Nothing there that whoever asks may see."),
    405: N_("Not by this method."),
    409: N_("Somebody was first, it has moved on, or the same Idempotency-Key came before with something else."),
    411: N_("The length of the body was not told (content-length)."),
    413: N_("Too large."),
    415: N_("Not JSON: send content-type application/json."),
    422: N_("Read, and not right: errors names each field with a sentence."),
    429: N_("Too often. Wait as long as Retry-After says."),
    503: N_("The site is not ready. Try again after Retry-After."),
}


def statuses_of(route: Route) -> Iterator[int]:
    """Which of them this address may answer, in order."""
    sends, chooses = route.takes is not None, route.asks is not None
    may = {
        400: sends,
        401: True,
        403: route.access is not PUBLIC or sends,
        404: bool(route.loads),
        405: True,
        409: sends,
        411: sends,
        413: sends,
        415: sends,
        422: sends or chooses,
        429: True,
        503: True,
    }
    return (status for status, possible in may.items() if possible)


def responses() -> dict[str, Any]:
    """The components to which operations point."""
    return {f"Problem{status}": _response(status) for status in MEANINGS}


def _response(status: int) -> dict[str, Any]:
    made: dict[str, Any] = {"description": str(MEANINGS[status])}
    if status == 401:
        made["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    if status in (429, 503):
        made["headers"] = {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    made["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return made
