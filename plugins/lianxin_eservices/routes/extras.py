"""The page of one of a service's own questions, and what was answered there."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from lianxin.api import N_, FormView, Refused, Visit, parse_money
from lianxin_eservices.forms_extra import FORMS
from lianxin_eservices.rules.condition import Value
from lianxin_eservices.rules.question import ExtraQuestion, QuestionKind, fits


def extra_form(visit: Visit, question: ExtraQuestion, action: str, said: Value | None) -> FormView:
    """The form of its kind, with what was answered before."""
    label = question.label.in_language(visit.language)
    hint = question.hint.in_language(visit.language) if question.hint else ""
    more: dict[str, Any] = {}
    if question.choices:
        choices = [(one.code, one.label.in_language(visit.language), "") for one in question.choices]
        more["choices"] = {"said": choices}
    value = _typed(question, said)
    values = {} if value is None else {"said": value}
    form = visit.form(FORMS[question.kind], action, values, labels={"said": label}, hints={"said": hint}, **more)
    return replace(form, fields={"said": replace(form.field("said"), required=question.required)})


def _typed(question: ExtraQuestion, value: Value | None) -> Any:
    """As it stands in the field."""
    if value is None or not fits(question, value):
        return None
    if question.kind is QuestionKind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    return list(value) if isinstance(value, tuple) else value


def read_extra(visit: Visit, question: ExtraQuestion) -> Value | None:
    """The answer as it is kept; None where it is left out. Raises Refused (422) where it may not be."""
    said: Any = getattr(visit.read(FORMS[question.kind]), "said", None)
    value: Value | None = None
    if question.kind is QuestionKind.MONEY:
        value = parse_money(said) if said else None
    elif isinstance(said, list):
        value = tuple(one for one in question.answers if one in said) or None
    elif isinstance(said, datetime.date):
        value = said.isoformat()
    elif said is not None:
        value = said.strip() or None if isinstance(said, str) else said
    if value is None and question.required:
        raise Refused("eservices.unanswered", N_("Answer this question."), status=422, field="said")
    if value is not None and not fits(question, value):
        raise Refused("eservices.no_answer", N_("Choose one of the answers."), status=422, field="said")
    return value
