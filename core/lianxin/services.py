"""Where a plugin finds what another one offers: a Protocol, and who fulfils it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from lianxin.declarations.meeting import Service

T = TypeVar("T")
_providers: dict[type, tuple[Any, ...]] = {}


def use_services(services: Iterable[tuple[str, Service]]) -> None:
    """Makes these (owner, service) pairs the services of the process, in the order of plugins."""
    _providers.clear()
    for _owner, service in services:
        _providers[service.protocol] = (*find_all(service.protocol), service.provider)


def find(protocol: type[T]) -> T | None:
    """The first provider of this protocol, or None: the asker does something sensible without."""
    return next(iter(find_all(protocol)), None)


def find_all(protocol: type[T]) -> tuple[T, ...]:
    """All providers of this protocol, in the order of plugins."""
    return cast(tuple[T, ...], _providers.get(protocol, ()))
