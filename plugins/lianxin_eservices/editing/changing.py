"""From what was typed to the raw guide, and what is wrong with it: by the same rules as the files of the catalogue."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Final

from lianxin.api import N_, InvalidValue, parse_money
from lianxin_eservices.editing.subjects import Line, Subject
from lianxin_eservices.queries.soundness import all_problems
from lianxin_eservices.rules.faults import Problem
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.plain import Unreadable, read

OPTIONAL_PARTS: Final = (
    *("public_notice", "keep_times", "notices"),
    *("extension_limit", "investigate_within", "refusal_notice", "papers_follow_within"),
)
"""Parts of a guide that are there only when something in them was filled in."""


class NotKept(Exception):
    """What was typed can't be kept; `problem.path` is the field of the form."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.path)
        self.problem = problem


def values_of(raw: Mapping[str, Any], subject: Subject) -> dict[str, Any]:
    """What stands in the fields of a page."""
    return {line.name: _shown(line, _get(raw, line.path)) for line in subject.lines}


def _shown(line: Line, value: Any) -> Any:
    if line.kind == "tick":
        return (line.path == "required") if value is None else bool(value)
    if value is None:
        return [] if line.kind == "ticks" else _LEFT_OUT.get(line.path, "") if line.kind == "select" else ""
    if line.kind == "money":
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    if line.kind == "lines":
        return "\n".join(value)
    if line.kind == "choices":
        return "\n".join(f"{one['code']} | {one['label_zh']} | {one['label_en']}" for one in value)
    return value


def _get(raw: Mapping[str, Any], path: str) -> Any:
    found: Any = raw
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def changed(raw: Mapping[str, Any], subject: Subject, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The raw guide, or entry of a list, with what was typed. Raises NotKept."""
    made = copy.deepcopy(dict(raw))
    for line in subject.lines:
        _set(made, line.path, _value(line, typed[line.name]))
    for part in OPTIONAL_PARTS:
        if part in made and _is_bare(made[part]):
            del made[part]
    return made


def _is_bare(part: Mapping[str, Any]) -> bool:
    """Only what a choice list always sends, and nothing that somebody filled in."""
    filled = {name for name, value in part.items() if value is not False and value != []}
    return not filled - {"unit", "day_unit", "provenance"}


def _value(line: Line, typed: Any) -> Any:
    if line.kind in ("tick", "ticks"):
        return typed
    if line.kind == "number":
        return typed
    text = str(typed).strip()
    if line.kind == "money":
        try:
            return parse_money(text) if text else 0
        except InvalidValue as wrong:
            sentence = N_("Write an amount in yuan, such as 1200 or 12.50.")
            raise NotKept(Problem(line.name, sentence)) from wrong
    if line.kind == "lines":
        return [one.strip() for one in text.splitlines() if one.strip()]
    if line.kind == "choices":
        return [_choice(line, one) for one in text.splitlines() if one.strip()]
    return " ".join(text.split()) or None


def _choice(line: Line, text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.replace("｜", "|").split("|")]
    if len(parts) != 3 or not all(parts):
        how = N_("This line can't be read: “%(line)s”. Write it as bank | 打到卡上 | To a bank card.", line=text[:40])
        raise NotKept(Problem(line.name, how))
    return {"code": parts[0], "label_zh": parts[1], "label_en": parts[2]}


def _set(made: dict[str, Any], path: str, value: Any) -> None:
    *above, name = path.split(".")
    place = made
    for each in above:
        place = place.setdefault(each, {})
    if value is None or value == _LEFT_OUT.get(name, _NOTHING):
        place.pop(name, None)
    else:
        place[name] = value


_NOTHING: Final = object()
_LEFT_OUT: Final[Mapping[str, Any]] = {
    "applicant": "person",
    "required": True,
    "choices": [],
    "may_follow": False,
    "pauses_clock": False,
    "shows": [],
}
"""Values that a guide does not write down: they hold when nothing is said."""


def check(raw: Mapping[str, Any], subject: Subject, place: int | None = None) -> ServiceItem:
    """The guide. Raises NotKept for a fault that stands on this page; those of other pages wait until publishing."""
    prefix = f"{subject.list_path}[{place}]." if place is not None else ""
    names = {prefix + line.path: line.name for line in subject.lines}
    try:
        item = read(ServiceItem, dict(raw))
    except Unreadable as fault:
        field = _field_of(fault.path, names)
        both = N_("Fill this in; a text in Chinese needs its English, and the other way round.")
        raise NotKept(Problem(field, both)) from fault
    for problem in all_problems(item):
        if problem.path in names:
            raise NotKept(Problem(names[problem.path], problem.text))
        if place is not None and problem.path == subject.list_path:
            raise NotKept(Problem("code", problem.text))
    return item


def _field_of(path: str, names: Mapping[str, str]) -> str:
    """The field of the form that this path, or what lies below it, belongs to."""
    exact = names.get(path) or names.get(f"{path}_zh")
    if exact:
        return exact
    inside = (name for known, name in names.items() if path.startswith((f"{known}.", f"{known}[")))
    return next(inside, "")
