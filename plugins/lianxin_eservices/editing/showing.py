"""What changed, in words: the field by its name on the page, values as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lianxin.api import _
from lianxin_eservices.editing.subjects import Line, Subject, lines_by_path
from lianxin_eservices.queries.items import DEPARTMENTS, LIFE_EVENTS, TARGET_GROUPS
from lianxin_eservices.rules.comparing import differences

_ENTRY: Final = re.compile(r"\[([^\]]*)\]")
_LINES: Final = {path: (subject, line) for path, subject, line in lines_by_path()}


def shown_differences(old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> list[tuple[str, str, str]]:
    """(field, what it was, what it becomes) for every field that is not the same."""
    found = []
    for each in differences(old, new):
        label, line = _named(each.path, (old, new), language)
        found.append((label, _value(each.old, line, language), _value(each.new, line, language)))
    return found


def _named(path: str, texts: tuple[Mapping[str, Any], ...], language: str) -> tuple[str, Line | None]:
    """The field's name; of a list's entry with the name of the entry before it."""
    entry = _ENTRY.search(path)
    if path.endswith("[]"):
        subject = next((one for one, _line in _LINES.values() if one.list_path == path[:-2]), None)
        order = _("Order")
        return (f"{subject.title} › {order}" if subject else path), None
    known = _LINES.get(_ENTRY.sub("[]", path))
    if known is None:
        return path, None
    subject, line = known
    title = str(subject.title)
    if entry is not None:
        title = f"{title} › {_entry_title(subject, entry[1], texts, language)}"
    return f"{title} › {line.label}", line


def _entry_title(subject: Subject, key: str, texts: tuple[Mapping[str, Any], ...], language: str) -> str:
    first = subject.lines[1 if language.startswith("en") else 0].path
    for text in reversed(texts):
        for place, entry in enumerate(text.get(subject.list_path, ())):
            if str(entry.get("code") or place + 1) == key:
                return str(entry.get(first, key))
    return key


def _value(value: Any, line: Line | None, language: str) -> str:
    if value is None or value == []:
        return _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):  # one of a question's answers
        label = value.get("label_en" if language.startswith("en") else "label_zh", "")
        return f"{label} ({value.get('code', '')})"
    if isinstance(value, list):
        return "、".join(_value(each, line, language) for each in value)
    if line is not None and line.kind == "money" and isinstance(value, int):
        return f"{value / 100:.2f}"
    return _chosen(str(value), line, language)


def _chosen(value: str, line: Line | None, language: str) -> str:
    if line is None or not line.choices:
        return value
    if not isinstance(line.choices, str):
        return str(dict(line.choices).get(value, value))
    if line.choices == "departments":
        return DEPARTMENTS[value].name.in_language(language) if value in DEPARTMENTS else value
    listed: Any = LIFE_EVENTS if line.choices == "life_events" else TARGET_GROUPS
    return str(listed[value].title.in_language(language)) if value in listed else value
