"""One form for each kind of question that a service asks of its own; whether one must answer is for the rules."""

from __future__ import annotations

import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from lianxin.api import N_, Input, InvalidValue, Wrong, parse_money
from lianxin_eservices.rules.question import QuestionKind

MOST_FEN: Final = 100_000_000_000


class YesNoForm(BaseModel):
    """Yes or no."""

    said: Annotated[
        str, Field(max_length=3), Input(kind="choice", choices=(("yes", N_("Yes"), ""), ("no", N_("No"), "")))
    ] = ""


class OneChoiceForm(BaseModel):
    """One of several."""

    said: Annotated[str, Field(max_length=20), Input(kind="choice")] = ""


class SeveralChoicesForm(BaseModel):
    """Any number of several."""

    said: Annotated[list[str], Field(max_length=20), Input(kind="ticks")] = []


class ShortTextForm(BaseModel):
    """A line."""

    said: Annotated[str, Field(max_length=200), Input(autocomplete="off")] = ""


class LongTextForm(BaseModel):
    """Some sentences."""

    said: Annotated[str, Field(max_length=2000), Input(kind="textarea", rows=5, autocomplete="off")] = ""


class NumberForm(BaseModel):
    """A whole number."""

    said: Annotated[int | None, Field(ge=-999_999_999, le=999_999_999), Input(kind="number", autocomplete="off")] = None


class DateForm(BaseModel):
    """A day."""

    said: Annotated[datetime.date | None, Input(kind="date", autocomplete="off")] = None


def _fen(text: str) -> str:
    if text:
        try:
            fen = parse_money(text)
        except InvalidValue as wrong:
            raise Wrong(N_("Write an amount in yuan, such as 1200 or 12.50.")) from wrong
        if fen > MOST_FEN:
            raise Wrong(N_("Write an amount in yuan, such as 1200 or 12.50."))
    return text


class MoneyForm(BaseModel):
    """An amount in yuan, kept in fen."""

    said: Annotated[str, Field(max_length=20), AfterValidator(_fen), Input(inputmode="decimal", autocomplete="off")] = (
        ""
    )


FORMS: Final[dict[QuestionKind, type[BaseModel]]] = {
    QuestionKind.YES_NO: YesNoForm,
    QuestionKind.ONE_CHOICE: OneChoiceForm,
    QuestionKind.SEVERAL_CHOICES: SeveralChoicesForm,
    QuestionKind.SHORT_TEXT: ShortTextForm,
    QuestionKind.LONG_TEXT: LongTextForm,
    QuestionKind.NUMBER: NumberForm,
    QuestionKind.DATE: DateForm,
    QuestionKind.MONEY: MoneyForm,
}
