"""What was answered to a service's own questions, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianxin.api import _, format_date, show_money
from lianxin_eservices.rules.condition import Value
from lianxin_eservices.rules.item import ServiceItem
from lianxin_eservices.rules.question import ExtraQuestion, QuestionKind, shown


def told(question: ExtraQuestion, value: Value | None, language: str) -> str:
    """One answer; empty where it was left out."""
    if value is None:
        return ""
    labels = {choice.code: choice.label.in_language(language) for choice in question.choices}
    match question.kind:
        case QuestionKind.YES_NO:
            return _("Yes") if value == "yes" else _("No")
        case QuestionKind.ONE_CHOICE:
            return labels.get(str(value), "")
        case QuestionKind.SEVERAL_CHOICES:
            return _(", ").join(labels[code] for code in value if code in labels) if isinstance(value, tuple) else ""
        case QuestionKind.MONEY:
            return show_money(value, language) if isinstance(value, int) else ""
        case QuestionKind.DATE:
            return format_date(date.fromisoformat(str(value)))
    return str(value)


def told_all(item: ServiceItem, extras: Mapping[str, Value | None], language: str) -> tuple[tuple[str, str], ...]:
    """(question, answer) for all that were shown and answered. Never a question that this guide lacks."""
    asked, counted = shown(item.questions, extras)
    return tuple(
        (one.label.in_language(language), told(one, counted[one.code], language))
        for one in asked
        if one.code in counted
    )
