"""Typed settings: one frozen dataclass a plugin, a page in admin for free."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass
from typing import Any


class Scope(enum.Enum):
    """Where a setting may differ."""

    SITE = "site"
    AREA = "area"


def setting(default: Any, *, help: object, secret: bool = False, scope: Scope = Scope.SITE) -> Any:
    """A field of a settings dataclass: its default, its help for the administrator, whether it is secret."""
    return dataclasses.field(default=default, metadata={"help": help, "secret": secret, "scope": scope})


@dataclass(frozen=True, slots=True)
class SettingsGroup:
    """`schema` is a frozen dataclass whose fields are made by `setting`; names are stored as `<plugin>.<field>`."""

    title: object
    schema: type
