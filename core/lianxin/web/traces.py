"""What a log may keep of a fault: where it happened, and nothing of what the person sent."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

HIDDEN = "…"
_SHORTEST = 4
_LONGEST = 6000


def said_by(request: Request, typed: Iterable[tuple[str, Any]] = ()) -> set[str]:
    """Everything the request said that a message of a fault could repeat."""
    said = {value for _, value in typed if isinstance(value, str)}
    said |= {value for _, value in parse_qsl(request.url.query)}
    said |= {*request.cookies.values(), *(str(value) for value in request.path_params.values())}
    said |= {request.headers.get("authorization", ""), request.headers.get("referer", "")}
    return {text for text in said if len(text) >= _SHORTEST}


def trace_without(fault: BaseException, said: Iterable[str]) -> str:
    """The fault with its causes, what was said taken out of it as it was typed and as Python writes it."""
    trace = "".join(traceback.format_exception(fault))[-_LONGEST:]
    for text in sorted(said, key=len, reverse=True):
        for written in {text, repr(text)[1:-1], text.strip()}:
            trace = trace.replace(written, HIDDEN) if written else trace
    return trace
