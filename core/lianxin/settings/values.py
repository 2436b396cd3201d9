"""From what an administrator types to a typed value, to JSON, and back."""

from __future__ import annotations

import enum
from typing import Any, Literal, get_args, get_origin

from lianxin.declarations import Refused
from lianxin.i18n import N_
from lianxin.values.invalid import InvalidValue
from lianxin.values.text import clean_text

_YES = frozenset({"1", "true", "yes", "on", "是"})
_NO = frozenset({"", "0", "false", "no", "off", "否"})


def parse(text: str, kind: Any, name: str) -> Any:
    """The value of the field's type. Raises Refused (422, field `name`) saying what would do."""
    plain = _clean(text, name)
    if kind is bool:
        return _flag(plain, name)
    if kind is int:
        return _number(plain, name)
    if kind is str:
        return plain
    if get_origin(kind) is tuple:
        parts = [part.strip() for part in plain.replace("，", ",").replace("\n", ",").split(",")]
        return tuple(parse(part, get_args(kind)[0], name) for part in parts if part)
    return _one_of(plain, kind, name)


def _clean(text: str, name: str) -> str:
    try:
        return clean_text(text, multiline=True).strip()
    except InvalidValue as invalid:
        raise Refused(
            "settings.text", N_("There is an invisible character in it. Type it anew."), status=422, field=name
        ) from invalid


def _flag(plain: str, name: str) -> bool:
    if plain.lower() in _YES | _NO:
        return plain.lower() in _YES
    raise Refused("settings.flag", N_("Choose yes or no."), status=422, field=name)


def _number(plain: str, name: str) -> int:
    try:
        return int(plain)
    except ValueError as wrong:
        raise Refused("settings.number", N_("Type a whole number, like 20."), status=422, field=name) from wrong


def _one_of(plain: str, kind: Any, name: str) -> Any:
    for value in choices(kind):
        if plain == _key(value):
            return value
    raise Refused(
        "settings.choice",
        N_("Choose one of: %(choices)s."),
        status=422,
        field=name,
        choices=", ".join(_key(value) for value in choices(kind)),
    )


def choices(kind: Any) -> tuple[Any, ...]:
    """What may be chosen for an Enum or a Literal; empty for other kinds. Raises TypeError for a kind unknown."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return tuple(kind)
    if get_origin(kind) is Literal:
        return get_args(kind)
    if kind in (bool, int, str) or (get_origin(kind) is tuple and len(get_args(kind)) == 2):
        return ()
    raise TypeError(f"a setting can't be of the type {kind!r}: bool, int, str, an Enum, a Literal or tuple[…, ...]")


def _key(value: Any) -> str:
    return str(value.value if isinstance(value, enum.Enum) else value)


def to_json(value: Any) -> Any:
    """As the table keeps it."""
    if isinstance(value, enum.Enum):
        return value.value
    return [to_json(part) for part in value] if isinstance(value, tuple) else value


def from_json(kept: Any, kind: Any) -> Any:
    """From the table. Raises ValueError when the field's type has changed since."""
    if get_origin(kind) is tuple:
        if not isinstance(kept, list):
            raise ValueError(f"{kept!r} is no list")
        return tuple(from_json(part, get_args(kind)[0]) for part in kept)
    possible = choices(kind)
    if possible:
        return (
            next(value for value in possible if to_json(value) == kept) if kept in map(to_json, possible) else _no(kept)
        )
    return kept if type(kept) is kind else _no(kept)


def _no(kept: Any) -> Any:
    raise ValueError(f"{kept!r} does not fit")


def show(value: Any) -> str:
    """As it stands in the field of a form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(show(part) for part in value) if isinstance(value, tuple) else _key(value)
