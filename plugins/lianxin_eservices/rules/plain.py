"""Frozen dataclasses in and out of plain JSON values, by their type hints.

A field of type Text is two keys, `name_zh` and `name_en`, so that a translator sees both lines together.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Read = TypeVar("Read")


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; neither may be blank."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """English for `en…`, Chinese for every other tag."""
        return self.en if language.startswith("en") else self.zh


class Unreadable(ValueError):
    """A raw value without the promised shape; the message names the field by its `path`."""

    def __init__(self, path: str, what: str) -> None:
        self.path = path
        super().__init__(f"{path} {what}")


@cache
def _hints(kind: Any) -> dict[str, tuple[Any, bool, bool]]:
    """Field name → (type without None, may be None, has a default)."""
    found = {}
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        options = get_args(hint) if get_origin(hint) is UnionType else (hint,)
        plain = next(option for option in options if option is not NoneType)
        defaulted = field.default is not dataclasses.MISSING
        found[field.name] = (plain, NoneType in options, defaulted)
    return found


def read(kind: type[Read], raw: object, *, strict: bool = True, path: str = "") -> Read:
    """Raises Unreadable. strict: an unknown key is a fault (a misspelling); else it is left aside."""
    if not isinstance(raw, dict):
        raise Unreadable(path or kind.__name__, f"must be a mapping, not {type(raw).__name__}")
    shape: Any = kind  # a generic class is no Hashable to the type checker
    hints = _hints(shape)
    if strict:
        _refuse_unknown(hints, raw, path)
    values = {}
    for name, (plain, may_be_none, defaulted) in hints.items():
        value = _text(raw, name, path) if plain is Text else raw.get(name)
        if value is not None:
            values[name] = _value(plain, value, strict=strict, path=_join(path, name))
        elif not defaulted:
            if not may_be_none:
                raise Unreadable(_join(path, name), "is missing")
            values[name] = None
    return kind(**values)


def write(value: object) -> Any:
    """The inverse of read: what is None, or as it is when nothing is said, is left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, Text):
                plain |= {f"{field.name}_zh": inner.zh, f"{field.name}_en": inner.en}
            elif inner is not None and inner != field.default:
                plain[field.name] = write(inner)
        return plain
    if isinstance(value, tuple):
        return [write(inner) for inner in value]
    return value.value if isinstance(value, StrEnum) else value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _refuse_unknown(hints: dict[str, tuple[Any, bool, bool]], raw: dict[Any, Any], path: str) -> None:
    known = {f"{name}{end}" for name, (plain, _, _) in hints.items() for end in _ends(plain)}
    for key in raw:
        if key not in known:
            raise Unreadable(_join(path, str(key)), "is not a field known here")


def _ends(plain: Any) -> tuple[str, ...]:
    return ("_zh", "_en") if plain is Text else ("",)


def _text(raw: dict[Any, Any], name: str, path: str) -> Text | None:
    pair = {end: raw.get(name + end) for end in ("_zh", "_en")}
    if all(value is None for value in pair.values()):
        return None
    for end, value in pair.items():
        if value is None:
            raise Unreadable(_join(path, name + end), "is missing")
        _line(value, _join(path, name + end))
    return Text(str(pair["_zh"]), str(pair["_en"]))


def _line(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Unreadable(path, f"must be text, not {type(value).__name__}")
    if not value.strip():
        raise Unreadable(path, "is empty")
    return value


def _value(plain: Any, value: Any, *, strict: bool, path: str) -> Any:
    if plain is Text:
        return value
    if get_origin(plain) is tuple:
        return _values(get_args(plain)[0], value, strict=strict, path=path)
    if dataclasses.is_dataclass(plain):
        return read(plain, value, strict=strict, path=path)  # type: ignore[arg-type]
    if plain is str:
        return _line(value, path)
    if issubclass(plain, StrEnum):
        return _choice(plain, value, path)
    if type(value) is not plain:  # bool is an int to isinstance
        raise Unreadable(path, f"must be {plain.__name__}, not {type(value).__name__}")
    return value


def _values(inner: Any, value: Any, *, strict: bool, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Unreadable(path, f"must be a list, not {type(value).__name__}")
    return tuple(_value(inner, one, strict=strict, path=f"{path}[{i}]") for i, one in enumerate(value))


def _choice(plain: type[StrEnum], value: object, path: str) -> StrEnum:
    if value not in tuple(plain):
        raise Unreadable(path, f"is {value!r}; it may be {', '.join(plain)}")
    return plain(str(value))
