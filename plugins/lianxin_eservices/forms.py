"""What people type: shape only. What it may mean is for rules and actions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo

from lianxin.api import GRADES, N_, IdNumberText, Input, NameText, PhoneText, Refused, Wrong
from lianxin_eservices.rules.sentences import joined

AGREE_FIRST = N_("Tick the box if you agree.")
_LINE = Field(max_length=200)
_TEXT = Field(max_length=2000)


class ConsentForm(BaseModel):
    """The tick before the first question."""

    agree: Annotated[bool, Input(label=N_("I agree"), kind="tick", missing=AGREE_FIRST)]


class WhomForm(BaseModel):
    """Herself, or somebody of the family."""

    whom: Annotated[
        str,
        Field(max_length=10),
        Input(
            label=N_("Who is it for?"),
            kind="choice",
            choices=(
                ("self", N_("For myself"), ""),
                ("family", N_("For somebody in my family"), N_("A parent, a child, husband or wife")),
            ),
            missing=N_("Choose one."),
        ),
    ]


class NameForm(BaseModel):
    """The applicant's name."""

    name: Annotated[
        NameText,
        Input(label=N_("What is the name?"), hint=N_("As on the ID card."), autocomplete="name"),
    ]


class NumberForm(BaseModel):
    """The applicant's ID number."""

    id_number: Annotated[
        IdNumberText,
        Input(
            label=N_("What is the ID number?"),
            hint=N_("18 characters; the last one may be an X."),
            kind="tel",
            inputmode="text",
            autocomplete="off",
        ),
    ]


class PhoneForm(BaseModel):
    """Under which number we call."""

    phone: Annotated[
        PhoneText,
        Input(label=N_("Which number shall we call?"), kind="tel", autocomplete="tel"),
    ]


class KnownPhoneForm(BaseModel):
    """The same where a number is known already."""

    phone: Annotated[
        PhoneText | None,
        Input(label=N_("Which number shall we call?"), kind="tel", autocomplete="tel"),
    ] = None


class AreaForm(BaseModel):
    """A township, then the village or community in it."""

    area: Annotated[
        str, Field(max_length=20), Input(label=N_("Where is the home?"), kind="choice", missing=N_("Choose a place."))
    ]


class ConditionForm(BaseModel):
    """Whether the condition of a paper holds."""

    holds: Annotated[
        str,
        Field(max_length=3),
        Input(
            label=N_("Is that so?"),
            kind="choice",
            choices=(("yes", N_("Yes"), ""), ("no", N_("No"), "")),
            missing=N_("Choose yes or no."),
        ),
    ]


class PhotosForm(BaseModel):
    """Photos of one paper. `later` says that it is brought to the desk, or left out where that is allowed."""

    photos: Annotated[
        list[Any],
        Input(label=N_("Take photos of it"), kind="file", accept="image/jpeg,image/png,image/webp,application/pdf"),
    ] = []
    later: Annotated[bool, Input(label=N_("I'll bring it to the desk"), kind="tick")] = False


class MorePhotosForm(BaseModel):
    """Photos of a paper that the correction list asks for."""

    paper: Annotated[
        str, Field(max_length=20), Input(label=N_("Which paper is it?"), kind="choice", missing=N_("Choose a paper."))
    ]
    photos: Annotated[
        list[Any],
        Input(label=N_("Take photos of it"), kind="file", accept="image/jpeg,image/png,image/webp,application/pdf"),
    ] = []


class EmptyForm(BaseModel):
    """A button and nothing to fill in."""


class DeskStartForm(BaseModel):
    """The desk's one box: which service, for whom, how she agreed."""

    item: Annotated[str, Field(max_length=80), Input(label=N_("Which service?"), kind="hidden")]
    parts: Annotated[list[str], Field(max_length=20), Input(label=N_("What is it about?"), kind="ticks")] = []
    name: Annotated[NameText, Input(label=N_("Name"), autocomplete="off")]
    id_number: Annotated[
        str, Field(max_length=40), Input(label=N_("ID number"), kind="tel", inputmode="text", autocomplete="off")
    ] = ""
    phone: Annotated[str, Field(max_length=40), Input(label=N_("Phone"), kind="tel", autocomplete="off")] = ""
    card_seen: Annotated[
        bool, Input(label=N_("The ID card lies before me"), hint=N_("Not: she told me the number."), kind="tick")
    ] = False
    use: Annotated[str, Field(max_length=40), Input(label=N_("Is it one of these?"), kind="choice")] = ""
    consent: Annotated[
        str,
        Field(max_length=12),
        Input(
            label=N_("I read the text below to the person, and the person agreed"),
            kind="choice",
            choices=(
                ("desk_voice", N_("By voice, at the counter or on the phone"), ""),
                ("desk_paper", N_("On paper, signed"), ""),
            ),
            missing=N_("Read the text out first, then say how the person agreed."),
        ),
    ]


def _one_list(typed: str, info: ValidationInfo) -> str:
    """What was ticked and what was typed, one thing a line."""
    lines = joined(info.data.get("usual", ()), typed)
    if not lines:
        raise Wrong(N_("Tick or write what has to be put right."))
    return lines


class CorrectionForm(BaseModel):
    """One complete list: what is missing, one thing a line. `wanted` holds what was ticked too."""

    usual: Annotated[
        list[Annotated[str, _LINE]],
        Field(max_length=60),
        Input(label=N_("What is often missing"), hint=N_("What you tick stands on the list as it is."), kind="ticks"),
    ] = []
    wanted: Annotated[
        str,
        _TEXT,
        Field(validate_default=True),
        AfterValidator(_one_list),
        Input(
            label=N_("What has to be put right?"),
            hint=N_("Everything at once, one thing a line: it may be asked only this one time."),
            kind="textarea",
            rows=5,
        ),
    ] = ""


class CorrectAgainForm(CorrectionForm):
    """A second list needs a reason."""

    reason: Annotated[str, _LINE, Input(label=N_("Why was it not on the first list?"))]


class ReasonForm(BaseModel):
    """Why; the applicant reads it."""

    reason: Annotated[
        str, _TEXT, Input(label=N_("Reason"), hint=N_("The applicant reads this."), kind="textarea", rows=4)
    ]


class ReturnForm(BaseModel):
    """Why it goes back to the station; the applicant does not read it."""

    reason: Annotated[str, _TEXT, Input(label=N_("What is the station to do?"), kind="textarea", rows=3)]


class DecisionForm(BaseModel):
    """A decision in favour."""

    reason: Annotated[
        str,
        _TEXT,
        Input(label=N_("A word on the decision"), hint=N_("The applicant reads this."), kind="textarea", rows=3),
    ] = ""


class DeliverForm(BaseModel):
    """How the result reaches her, and the document itself."""

    how: Annotated[
        Literal["online", "desk", "home", "post"],
        Input(
            label=N_("How is the result handed over?"),
            kind="choice",
            choices=(
                ("online", N_("Online, as a document below"), ""),
                ("desk", N_("At the desk"), ""),
                ("home", N_("Brought home"), ""),
                ("post", N_("By post"), ""),
            ),
            missing=N_("Choose one."),
        ),
    ]
    document: Annotated[
        list[Any], Input(label=N_("Result document"), kind="file", accept="application/pdf,image/jpeg,image/png")
    ] = []
    note: Annotated[str, _LINE, Input(label=N_("A word to go with it"))] = ""


class WithdrawForm(BaseModel):
    """She does not want it any more."""

    reason: Annotated[str, _LINE, Input(label=N_("Will you tell us why?"))] = ""


class WithdrawPartForm(WithdrawForm):
    """The same, of one of several that were applied for at once: the others go on unless they are ticked."""

    also: Annotated[
        list[str],
        Field(max_length=20),
        Input(
            label=N_("Withdraw these too?"),
            hint=N_("You applied for them at the same time. What you don’t tick goes on."),
            kind="ticks",
        ),
    ] = []


class RateForm(BaseModel):
    """One of five named grades."""

    grade: Annotated[
        int,
        Field(ge=1, le=5),
        Input(
            label=N_("How was it?"),
            kind="choice",
            choices=tuple((str(grade), title, "") for grade, title in GRADES.items()),
            missing=N_("Choose one of the five."),
        ),
    ]
    remark: Annotated[str, _TEXT, Input(label=N_("What should be better?"), kind="textarea", rows=3)] = ""


class FollowUpForm(BaseModel):
    """What was put right, and what the person said on the telephone."""

    outcome: Annotated[
        str, _TEXT, Input(label=N_("What was put right, and what did the person say?"), kind="textarea", rows=4)
    ]


class ExternalForm(BaseModel):
    """Where the deciding office keeps the case itself."""

    system: Annotated[str, Field(max_length=60), Input(label=N_("Name of the other system"))]
    number: Annotated[str, Field(max_length=60), Input(label=N_("Its number there"))]


def refused_area() -> Refused:
    """A place that is not, or no longer, in the list."""
    return Refused("eservices.bad_area", N_("Choose a place from the list."), status=422, field="area")
