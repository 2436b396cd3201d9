"""What a machine sends and gets: a bearer's token, a query, JSON in, JSON out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lianxin.data.unit import RequestKey
from lianxin.declarations import Refused, Route
from lianxin.i18n import N_
from lianxin.web.answers import Shown
from lianxin.web.bodies import MOST_FIELDS, Pairs, read_bytes
from lianxin.web.keys import LONGEST_KEY, SHORTEST_KEY
from lianxin.web.visit import Visit

KEY_HEADER = "idempotency-key"
LONGEST_TOKEN = 200
ModelT = TypeVar("ModelT", bound=BaseModel)


def bearer_of(request: Request) -> str:
    """The token that came along, on the API; elsewhere none is looked at."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not request.url.path.startswith("/api/"):
        return ""
    return token.strip()[:LONGEST_TOKEN] or "-"


def check_bearer(visit: Visit, route: Route) -> None:
    """A token that is not good is told so even where none was needed. Raises Refused (401)."""
    if visit.request.scope.get("bearer") and (visit.session is None or route.kind != "api"):
        raise Refused("web.bad_token", N_("This token is not good, or no longer. Ask who made it."), status=401)


def read_query(visit: Visit, model: type[ModelT]) -> ModelT:
    """The query as the model, whatever else stands in the address. Raises FormFailed."""
    sent = visit.request.query_params.multi_items()
    visit.typed = [(name, value) for name, value in sent if name in model.model_fields]
    return visit.read(model)


async def read_json(visit: Visit, route: Route) -> tuple[Pairs, RequestKey | None]:
    """The body as a form would have sent it, so that the same model reads both; and the key, if it came with one.

    Raises HTTPException: 411 without a length, 413 when it is too long, 415 for what is not JSON, 400 for what can't be
    read.
    """
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415)
    body = await read_bytes(visit.request, route.limit_bytes)
    try:
        document = json.loads(body.decode(), parse_constant=_no_number)
        pairs = list(islice(_pairs(document), MOST_FIELDS + 1))
        for text in chain.from_iterable(pairs):
            text.encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as broken:
        raise HTTPException(400) from broken
    if len(pairs) > MOST_FIELDS:
        raise HTTPException(413)
    return pairs, _key(visit, route, body)


def _pairs(document: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(document, dict):
        raise ValueError("not an object")
    for name, value in document.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, bool):
                yield name, "true" if each else "false"
            elif isinstance(each, str | int | float):
                yield name, str(each)
            elif each is not None:
                raise ValueError("neither text nor number")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _key(visit: Visit, route: Route, body: bytes) -> RequestKey | None:
    given = visit.request.headers.get(KEY_HEADER)
    if given is None:
        return None
    if not (SHORTEST_KEY <= len(given) <= LONGEST_KEY and given.isascii() and given.isprintable()):
        raise Refused("web.bad_key", N_("An Idempotency-Key has 10 to 60 letters, digits or signs."), status=400)
    digest = hashlib.sha256(visit.path.encode("utf-8", "surrogatepass") + b"\n" + body).hexdigest()
    return RequestKey(f"{visit.browser_key[:16]}{given}", visit.browser_key, route.name, digest, visit.now)


async def machine_answer(visit: Visit, route: Route, answer: Any) -> Response:
    """The answer as JSON. Raises TypeError for one that the route does not declare, so that its document is true."""
    shown = answer if isinstance(answer, Shown) else Shown(answer)
    if route.answers is None or not isinstance(shown.page, route.answers):
        raise TypeError(f"the route {route.name!r} answers {type(shown.page).__name__}, and declares {route.answers}")
    if location := shown.headers.get("location"):
        await visit.remember_answer(location)
    headers = {"cache-control": "no-store", **shown.headers}
    return Response(shown.page.model_dump_json(by_alias=True), shown.status, headers, media_type="application/json")
