"""What is typed in the states that only some cases pass through."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, create_model

from lianxin.api import N_, Input, NameText, PhoneText, Wrong
from lianxin_eservices.rules.item import PostedField
from lianxin_eservices.rules.posting import fault_of_words

_TEXT = Field(min_length=2, max_length=2000)
_LINE = Field(max_length=200)
READS_THIS = N_("The applicant reads this.")


class InvestigateForm(BaseModel):
    """Which two look into it."""

    first: Annotated[UUID, Input(label=N_("Who goes there?"), kind="select", missing=N_("Choose a colleague."))]
    second: Annotated[UUID, Input(label=N_("And who else?"), kind="select", missing=N_("Choose a colleague."))]


class FindingsForm(BaseModel):
    """What one of the two found, with her signature."""

    findings: Annotated[
        str,
        _TEXT,
        Input(
            label=N_("What did you find?"),
            hint=N_("Household, income, property, living conditions, what neighbours said. Your colleague writes too."),
            kind="textarea",
            rows=6,
        ),
    ]
    signed: Annotated[bool, Input(label=N_("I was there, and I sign for this"), kind="tick")]


class SpecialForm(BaseModel):
    """Which procedure, and why."""

    kind: Annotated[
        Literal["assessment", "hearing", "inspection"],
        Input(
            label=N_("What is waited for?"),
            kind="choice",
            choices=(
                ("assessment", N_("An assessment by experts"), ""),
                ("hearing", N_("A hearing"), ""),
                ("inspection", N_("A test or inspection"), ""),
            ),
            missing=N_("Choose one."),
        ),
    ]
    reason: Annotated[str, _TEXT, Input(label=N_("Where, when and why"), hint=READS_THIS, kind="textarea", rows=3)]


class SpecialResultForm(BaseModel):
    """What came out of it."""

    result: Annotated[str, _TEXT, Input(label=N_("What is the result?"), hint=READS_THIS, kind="textarea", rows=3)]


class AskExtensionForm(BaseModel):
    """More time, and why: a leader decides."""

    days: Annotated[int, Field(ge=1, le=90), Input(label=N_("How many more working days?"), kind="number")]
    reason: Annotated[str, _TEXT, Input(label=N_("Reason"), hint=READS_THIS, kind="textarea", rows=3)]


class LeaderForm(BaseModel):
    """A leader's yes or no."""

    remark: Annotated[str, _LINE, Input(label=N_("A word to your colleague"))] = ""


class ConditionalForm(BaseModel):
    """Which papers may follow, and by when."""

    papers: Annotated[
        list[str],
        Input(label=N_("Which papers may follow?"), kind="ticks", missing=N_("Tick at least one paper, or accept it.")),
    ]
    days: Annotated[
        int, Field(ge=1, le=60), Input(label=N_("Within how many working days?"), kind="number", inputmode="numeric")
    ]


class ConfirmPapersForm(BaseModel):
    """Which of the promised papers are there and in order."""

    papers: Annotated[
        list[str],
        Input(label=N_("Which papers are here and in order?"), kind="ticks", missing=N_("Tick at least one paper.")),
    ]


class ObjectionForm(BaseModel):
    """What somebody has against a posted case."""

    text: Annotated[
        str,
        Field(min_length=4, max_length=2000),
        Input(
            label=N_("What is not right?"),
            hint=N_("Write what you know. The applicant does not learn who wrote it."),
            kind="textarea",
            rows=5,
            missing=N_("Write what is not right."),
        ),
    ]


class CallerObjectionForm(ObjectionForm):
    """The same from somebody who called or came."""

    name: Annotated[NameText, Input(label=N_("Who objects?"), autocomplete="off")]
    phone: Annotated[PhoneText, Input(label=N_("Telephone, for the answer"), kind="tel", autocomplete="off")]


class AnswerObjectionForm(BaseModel):
    """Which objection, and what is said to it."""

    objection: Annotated[UUID, Input(label=N_("Which objection?"), kind="choice", missing=N_("Choose one."))]
    answer: Annotated[
        str, _TEXT, Input(label=N_("Answer"), hint=N_("Whoever objected reads this."), kind="textarea", rows=4)
    ]


class PostForm(BaseModel):
    """A posting of the name alone; what else an item shows is added by `posting_form`."""


def _plain(text: str) -> str:
    fault = fault_of_words(text)
    if fault is not None:
        raise Wrong(fault)
    return text


_WORDS = Field(min_length=1, max_length=30)
_FIELDS: dict[PostedField, Any] = {
    PostedField.HOUSEHOLD_SIZE: Annotated[
        int, Field(ge=1, le=30), Input(label=N_("How many are in the household?"), kind="number")
    ],
    PostedField.AMOUNT: Annotated[
        int, Field(ge=1, le=1_000_000), Input(label=N_("Amount in yuan"), hint=N_("Whole yuan."), kind="number")
    ],
    PostedField.SUPPORT: Annotated[
        Literal["central", "scattered"],
        Input(
            label=N_("Kind of support"),
            kind="choice",
            choices=(("central", N_("In a home"), ""), ("scattered", N_("At her own home"), "")),
            missing=N_("Choose one."),
        ),
    ],
    PostedField.KIND: Annotated[
        str,
        _WORDS,
        AfterValidator(_plain),
        Input(label=N_("Kind"), hint=N_("As it stands in the rule; no illness, number or address.")),
    ],
    PostedField.GRADE: Annotated[
        Literal["1", "2", "3", "4"],
        Input(
            label=N_("Grade"),
            kind="choice",
            choices=tuple((str(each), N_("Grade %(grade)s", grade=each), "") for each in range(1, 5)),
            missing=N_("Choose one."),
        ),
    ],
    PostedField.WORK: Annotated[
        str,
        _WORDS,
        AfterValidator(_plain),
        Input(label=N_("What is done in the home"), hint=N_("In a few words; no illness, number or address.")),
    ],
}


@cache
def posting_form(shows: tuple[PostedField, ...]) -> type[BaseModel]:
    """The form for exactly these fields; the name is the applicant's and is not typed."""
    asked: dict[str, Any] = {each.value: (_FIELDS[each], ...) for each in shows if each is not PostedField.NAME}
    return create_model("PostForm", __base__=PostForm, **asked)
