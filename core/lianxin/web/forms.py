"""Forms: from a pydantic model to what a template draws, and from what was typed to the model or to its faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from lianxin.i18n import N_, gettext
from lianxin.values.invalid import InvalidValue
from lianxin.values.text import clean_text
from lianxin.web.fields import Input, Wrong, sentence_of

Choice = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as the template draws it."""

    name: str
    id: str
    label: str
    hint: str
    kind: str
    value: Any
    error: str
    required: bool
    autocomplete: str
    inputmode: str
    choices: tuple[Choice, ...]
    multiple: bool
    maxlength: int | None
    rows: int
    accept: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the template draws it. `errors` are (id of the field, sentence); an empty id is for the whole form."""

    action: str
    key: str
    enctype: str
    fields: Mapping[str, FieldView]
    errors: tuple[tuple[str, str], ...]

    def field(self, name: str) -> FieldView:
        """The field of that name. Raises KeyError."""
        return self.fields[name]


@dataclass(frozen=True, slots=True)
class FailedForm:
    """What was typed, and what is wrong with it: field name ("" for the form) to sentence."""

    model: type[BaseModel]
    values: Mapping[str, Any]
    faults: Mapping[str, str]
    status: int = 422

    def with_fault(self, name: str, sentence: str, status: int) -> FailedForm:
        """The same with one more fault, found by an action."""
        return replace(self, faults={**self.faults, name: sentence}, status=status)


def view_form(
    model: type[BaseModel],
    action: str,
    values: Any = None,
    *,
    key: str,
    failed: FailedForm | None = None,
    choices: Mapping[str, Sequence[tuple[str, object, object]]] | None = None,
    labels: Mapping[str, object] | None = None,
    hints: Mapping[str, object] | None = None,
) -> FormView:
    """The form to draw. `choices`, `labels` and `hints` come in place of the declared ones."""
    given = failed.values if failed else _as_mapping(values)
    faults = failed.faults if failed else {}
    views = {
        name: _view(name, info, given, faults.get(name, ""), choices or {}, labels or {}, hints or {})
        for name, info in model.model_fields.items()
    }
    errors = [(views[name].id if name in views else "", text) for name, text in faults.items() if text]
    upload = any(view.kind == "file" for view in views.values())
    return FormView(action, key, "multipart/form-data" if upload else "", views, tuple(errors))


def _as_mapping(values: Any) -> Mapping[str, Any]:
    if values is None:
        return {}
    return values.model_dump() if isinstance(values, BaseModel) else dict(values)


def _view(
    name: str,
    info: FieldInfo,
    given: Mapping[str, Any],
    error: str,
    choices: Mapping[str, Sequence[tuple[str, object, object]]],
    labels: Mapping[str, object],
    hints: Mapping[str, object],
) -> FieldView:
    shown = input_of(info)
    listed = choices.get(name, shown.choices)
    multiple = is_list(info)
    default = [] if multiple else "" if info.is_required() or info.default is None else info.default
    return FieldView(
        name=name,
        id=f"f-{name}",
        label=str(labels.get(name, shown.label or name)),
        hint=str(hints.get(name, shown.hint)),
        kind=shown.kind,
        value=given.get(name, default),
        error=error,
        required=info.is_required(),
        autocomplete=shown.autocomplete,
        inputmode=shown.inputmode,
        choices=tuple((str(value), str(text), str(hint)) for value, text, hint in listed),
        multiple=multiple,
        maxlength=_longest(info),
        rows=shown.rows,
        accept=shown.accept,
    )


def input_of(info: FieldInfo) -> Input:
    """How a field of a model is shown."""
    return next((mark for mark in info.metadata if isinstance(mark, Input)), Input())


def is_list(info: FieldInfo) -> bool:
    """Whether a field takes several values."""
    return getattr(info.annotation, "__origin__", info.annotation) in (list, tuple)


def _longest(info: FieldInfo) -> int | None:
    lengths = [mark.max_length for mark in info.metadata if getattr(mark, "max_length", None) is not None]
    return int(lengths[0]) if lengths else None


def read_form(
    model: type[BaseModel], typed: Sequence[tuple[str, Any]], context: Mapping[str, Any]
) -> BaseModel | FailedForm:
    """The model, or what is wrong. Only declared fields are looked at; of one sent twice the last counts."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, info in model.model_fields.items():
        sent = [value for key, value in typed if key == name]
        values[name] = sent if is_list(info) else (sent[-1] if sent else None)
        if wrong := _unreadable(sent, input_of(info).kind):
            faults[name] = wrong
    present = {name: value for name, value in values.items() if value not in (None, "") and name not in faults}
    try:
        form = model.model_validate(present, context=dict(context))
    except ValidationError as error:
        faults = _faults(model, error) | faults
        form = None
    if form is None or faults:
        kept = {name: ("" if value is None else value) for name, value in values.items()}
        return FailedForm(model, kept, _in_order(model, faults))
    return form


def unknown_fields(model: type[BaseModel], typed: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """For machines, who shall learn of a misspelt name: what the model does not have, and what came more than once."""
    faults: dict[str, str] = {}
    for name in dict.fromkeys(key for key, _ in typed):
        if name not in model.model_fields:
            faults[name] = gettext("There is no such field.")
        elif sum(key == name for key, _ in typed) > 1 and not is_list(model.model_fields[name]):
            faults[name] = gettext("Give one value.")
    return faults


def _unreadable(sent: Sequence[Any], kind: str) -> str:
    for value in sent:
        if not isinstance(value, str):
            continue
        if "�" in value:
            return gettext("The text did not arrive whole. Type it again.")
        try:
            clean_text(value, multiline=kind == "textarea")
        except InvalidValue as fault:
            return sentence_of("Text", fault)
    return ""


def _in_order(model: type[BaseModel], faults: Mapping[str, str]) -> dict[str, str]:
    order = [*model.model_fields, ""]
    return {name: faults[name] for name in order if faults.get(name)}


def _faults(model: type[BaseModel], error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for fault in error.errors():
        name = str(fault["loc"][0]) if fault["loc"] else ""
        found.setdefault(name, _sentence(model, name, dict(fault)))
    return found


_BY_TYPE = {
    "string_too_long": N_("That is too long: %(max_length)s characters at most."),
    "string_too_short": N_("That is too short: %(min_length)s characters at least."),
    "int_parsing": N_("Write a number, in digits."),
    "int_type": N_("Write a number, in digits."),
    "greater_than_equal": N_("That is too small: %(ge)s at least."),
    "less_than_equal": N_("That is too large: %(le)s at most."),
    "date_from_datetime_parsing": N_("Write the date as 2026-11-24."),
    "date_parsing": N_("Write the date as 2026-11-24."),
    "literal_error": N_("Choose one of the answers."),
    "enum": N_("Choose one of the answers."),
    "too_long": N_("That is too many: %(max_length)s at most."),
    "uuid_parsing": N_("Choose one of the answers."),
    "bool_parsing": N_("Choose one of the answers."),
}
_OTHERWISE = N_("This can't be right. Look at it again.")


def _sentence(model: type[BaseModel], name: str, fault: dict[str, Any]) -> str:
    context = fault.get("ctx") or {}
    cause = context.get("error")
    if isinstance(cause, Wrong):
        return cause.sentence()
    if fault["type"] == "missing" and name in model.model_fields:
        shown = input_of(model.model_fields[name])
        return str(shown.missing) if shown.missing else _missing(shown)
    text = str(_BY_TYPE.get(fault["type"], _OTHERWISE))
    return text % context if "%(" in text else text


def _missing(shown: Input) -> str:
    if shown.kind in ("choice", "ticks", "select"):
        return gettext("Choose an answer: %(label)s", label=str(shown.label))
    if shown.kind == "tick":
        return gettext("Tick this to go on: %(label)s", label=str(shown.label))
    if shown.kind == "file":
        return gettext("Add a photo: %(label)s", label=str(shown.label))
    return gettext("Fill this in: %(label)s", label=str(shown.label))


@dataclass(slots=True)
class Typed:
    """The raw body of a form: pairs as sent, the key that came with it."""

    pairs: list[tuple[str, Any]] = field(default_factory=list)
    key: str = ""
