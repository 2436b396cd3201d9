"""The form of each subject, made from its lines: shape only; what a value may be is asked of the guide's own rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, create_model

from lianxin.api import N_, FormView, Input, Visit
from lianxin_eservices.editing.subjects import SUBJECTS, Line, Subject
from lianxin_eservices.queries.items import DEPARTMENTS, LIFE_EVENTS, TARGET_GROUPS

_INPUTS: Final = {"lines": "textarea", "choices": "textarea", "money": "text"}
_ROWS: Final = {"textarea": 3, "lines": 4, "choices": 5}


def _field(line: Line) -> Any:
    shown = Input(
        label=line.label,
        hint=line.hint,
        kind=_INPUTS.get(line.kind, line.kind),
        rows=_ROWS.get(line.kind, 0),
        autocomplete="off",
        inputmode="decimal" if line.kind == "money" else "",
    )
    if line.kind == "tick":
        return (Annotated[bool, shown], False)
    if line.kind == "ticks":
        return (Annotated[list[str], Field(max_length=60), shown], [])
    if line.kind == "number":
        return (Annotated[int | None, Field(ge=-1, le=9999), shown], None)
    return (Annotated[str, Field(max_length=line.longest), shown], "")


def _model(subject: Subject) -> type[BaseModel]:
    fields: dict[str, Any] = {line.name: _field(line) for line in subject.lines}
    fields["revision"] = (Annotated[int, Field(ge=1), Input(kind="hidden")], ...)
    return create_model(f"{subject.name.title()}Form", **fields)


FORMS: Final[dict[str, type[BaseModel]]] = {name: _model(subject) for name, subject in SUBJECTS.items()}


def subject_form(visit: Visit, subject: Subject, action: str, values: dict[str, Any]) -> FormView:
    """The form to show, with the values as they stand or as they were typed a moment ago."""
    choices = {line.name: _choices(line, visit.language) for line in subject.lines if line.choices}
    form = visit.form(FORMS[subject.name], action, values, choices=choices)
    # Lists to choose from always have a value, so "you may leave this out" would only puzzle.
    needed = {line.name for line in subject.lines if line.needed or line.kind in ("ticks", "select")}
    return replace(form, fields={name: replace(view, required=name in needed) for name, view in form.fields.items()})


def _choices(line: Line, language: str) -> list[tuple[str, object, object]]:
    if not isinstance(line.choices, str):
        return [(value, text, "") for value, text in line.choices]
    if line.choices == "departments":
        return [(one.code, one.full_name.in_language(language), "") for one in DEPARTMENTS.values()]
    listed: Any = (LIFE_EVENTS if line.choices == "life_events" else TARGET_GROUPS).values()
    return [(one.code, one.title.in_language(language), "") for one in listed]


class MoveForm(BaseModel):
    """What is done with an entry of a list."""

    do: Annotated[Literal["up", "down", "remove"], Input(kind="hidden")]
    revision: Annotated[int, Field(ge=1), Input(kind="hidden")]


class ReasonForm(BaseModel):
    """Why; it is kept in the item's history and in the trail."""

    reason: Annotated[
        str,
        Field(min_length=2, max_length=300),
        Input(
            label=N_("Reason"),
            hint=N_("For example: the county's notice of this year, by its number."),
            kind="textarea",
            rows=3,
            missing=N_("Say why: it is kept in the history."),
        ),
    ]
    revision: Annotated[int, Field(ge=0), Input(kind="hidden")] = 0


class PublishSeveralForm(ReasonForm):
    """Which drafts go live together."""

    services: Annotated[list[str], Field(max_length=6000), Input(label=N_("Which ones?"), kind="ticks")]


class NewItemForm(BaseModel):
    """A new service begins as a copy of one that is like it."""

    like: Annotated[str, Field(max_length=20), Input(label=N_("Which service is it like?"), kind="select")]
    code: Annotated[
        str, Field(max_length=20), Input(label=N_("Code"), hint=N_("For example MZ-020."), autocomplete="off")
    ]
    slug: Annotated[
        str,
        Field(max_length=80),
        Input(
            label=N_("Address"), hint=N_("Small letters and hyphens; printed QR codes carry it."), autocomplete="off"
        ),
    ]
    plain_name_zh: Annotated[str, Field(max_length=200), Input(label=N_("As people say, in Chinese"))]
    plain_name_en: Annotated[str, Field(max_length=200), Input(label=N_("As people say, in English"))]


class ImportForm(BaseModel):
    """A file of the catalogue, as it was exported."""

    file: Annotated[
        list[Any], Input(label=N_("File with services (.yaml)"), kind="file", accept=".yaml,.yml,application/yaml")
    ] = []


class PressForm(BaseModel):
    """A button and nothing to type."""
