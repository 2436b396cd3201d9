"""How often a page asks the database, and what: so that a list of three rows does not ask more than a list of one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

_ASKING = ("execute_query", "execute_query_dict", "execute_insert", "execute_many", "execute_script")
_inside: ContextVar[bool] = ContextVar("inside_a_query", default=False)


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """The SQL of every statement that is sent while the block runs, in order; transactions count too."""
    seen: list[str] = []
    kinds = dict.fromkeys(_clients(BaseDBAsyncClient))
    plain = [(kind, name, vars(kind)[name]) for kind in kinds for name in _ASKING if name in vars(kind)]
    for kind, name, ask in plain:
        setattr(kind, name, _noted(ask, seen))
    try:
        yield seen
    finally:
        for kind, name, ask in plain:
            setattr(kind, name, ask)


def _clients(kind: type[Any]) -> Iterator[type[Any]]:
    """Every class that speaks to a database: the engines' own, ours over them, those inside a transaction."""
    yield kind
    for below in kind.__subclasses__():
        yield from _clients(below)


def _noted(ask: Callable[..., Any], seen: list[str]) -> Callable[..., Any]:
    @functools.wraps(ask)
    async def noted(self: Any, query: str, *more: Any, **named: Any) -> Any:
        if _inside.get():
            return await ask(self, query, *more, **named)
        seen.append(query)
        token = _inside.set(True)
        try:
            return await ask(self, query, *more, **named)
        finally:
            _inside.reset(token)

    return noted
